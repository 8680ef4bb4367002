'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { toast } from 'sonner'
import { IconButton } from './icon-button'

export interface CodeSampleProps {
  /** What it is, in words. */
  title: string
  code: string
}

/** How long it says that it was copied, in milliseconds. */
const saidFor = 2_000

/** Code to be taken away. Long lines break, so that a phone need not scroll sideways; what is copied has none of that. */
export function CodeSample({ title, code }: CodeSampleProps) {
  const [copied, setCopied] = useState(false)
  const id = useId()

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), saidFor)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(code)
      setCopied(true)
    } catch {
      // Without TLS, elsewhere than on this very machine, browsers do not let a page do it.
      toast.error('It could not be copied.', { description: 'Select the text and copy it yourself.' })
    }
  }

  return (
    <figure aria-labelledby={id} className="min-w-0 rounded-sm border border-line bg-sunken">
      <figcaption className="flex items-center gap-2 border-b border-line py-0.5 pr-0.5 pl-3 text-xs text-ink-2">
        <span id={id} className="min-w-0 flex-1">
          {title}
        </span>
        <IconButton
          label={copied ? 'Copied' : `Copy: ${title}`}
          icon={copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
          onClick={() => void copy()}
        />
      </figcaption>
      <pre className="px-3 py-2 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">
        <code>{code}</code>
      </pre>
    </figure>
  )
}
