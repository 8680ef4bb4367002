import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

export const deviceCookieName = 'switchboard.device'
/** How long a browser keeps the cookie, from the last sign-in on. */
export const deviceDays = 365

const deviceCookie = z.string().regex(/^[\w-]{43}$/)

/** 32 random bytes: it proves nothing about the person, only that this browser was here before. */
export function newDeviceCookie(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of it, or null for what cannot be one of ours. */
export function deviceHash(cookie: string | undefined): string | null {
  const parsed = deviceCookie.safeParse(cookie)
  return parsed.success ? createHash('sha256').update(parsed.data).digest('hex') : null
}
