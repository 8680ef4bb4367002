import { Fragment } from 'react'
import { textParts } from './text-parts'

interface LinkedTextProps {
  text: string
  /** Whose name stands out where it is called with `@`. */
  me?: string
}

/** What a person wrote, as text; its web addresses can be followed. */
export function LinkedText({ text, me }: LinkedTextProps) {
  return textParts(text, me).map(({ text: part, href, called }, index) => {
    const key = `${index} ${part}`
    if (href) {
      return (
        <a
          key={key}
          href={href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent underline underline-offset-2 hover:text-accent-strong"
        >
          {part}
        </a>
      )
    }
    if (called) {
      return (
        <b key={key} className="rounded-sm bg-accent-soft px-0.5 font-medium text-accent">
          {part}
        </b>
      )
    }
    return <Fragment key={key}>{part}</Fragment>
  })
}
