export type Cookies = Readonly<Record<string, string | undefined>>

/**
 * One of next-auth's cookies, whose names get a prefix when the site has https. Where the site's address
 * is configured only the one name counts: a page without TLS on the same host can set the other.
 */
export function readCookie(cookies: Cookies, prefix: '__Secure-' | '__Host-', name: string): string | undefined {
  const site = process.env.NEXTAUTH_URL
  if (site) return cookies[site.startsWith('https:') ? prefix + name : name]
  return cookies[prefix + name] ?? cookies[name]
}

/** What next-auth signs its cookies with. The boot puts it where next-auth reads it too. */
export function authSecret(): string {
  const secret = process.env.NEXTAUTH_SECRET
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set: the server did not boot.')
  return secret
}
