import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link to a page of ours. The page is fetched when the link is pressed and not before: each is made for its reader
 * at that moment, so of what Next would fetch ahead, by two requests for every link on screen, it could show nothing.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
