const origin = 'http://switchboard'

/** The path to come back to after signing in; `/` for whatever would lead off the site or round in circles. */
export function safeReturnTo(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/') || !URL.canParse(path, origin)) return '/'
  const url = new URL(path, origin)
  // `/.//elsewhere` is a path here, and an address of another site to a browser that is sent there.
  if (url.pathname.startsWith('//')) return '/'
  if (url.origin !== origin || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return '/'
  // Next adds it to what it fetches when a link is followed.
  url.searchParams.delete('_rsc')
  return url.pathname + url.search
}
