import { parse } from 'cookie'
import { originAllowed } from '#server/realtime/origin'
import { refuse } from '#server/refusal'
import { csrfTokenMatches } from './csrf'

/** In which header a page of ours sends the CSRF token of next-auth. */
export const csrfHeader = 'x-csrf-token'

/**
 * For a route handler that changes something at the wish of a page: refuses with `forbidden` what no page of ours has
 * sent. The cookie comes along with any request; our Origin, and the token that only our pages can read, do not.
 */
export function refuseForeignPage(headers: Headers): void {
  if (!originAllowed(headers.get('origin') ?? undefined, headers.get('host') ?? undefined)) {
    refuse('forbidden', 'This page may not do that here.')
  }
  if (!csrfTokenMatches(parse(headers.get('cookie') ?? ''), headers.get(csrfHeader))) {
    refuse('forbidden', 'This page is out of date. Load it again.')
  }
}
