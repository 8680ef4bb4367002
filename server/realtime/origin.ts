import { container } from '#server/container'

/**
 * Whether a page of this origin may open a socket: our own address where it is configured
 * (NEXTAUTH_URL), else the very host the request was sent to. No Origin means no browser page of ours.
 */
export function originAllowed(origin: string | undefined, host: string | undefined): boolean {
  if (!origin || !URL.canParse(origin)) return false
  const { nextauthUrl } = container().env
  if (nextauthUrl) return new URL(origin).origin === new URL(nextauthUrl).origin
  return new URL(origin).host === host
}
