import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Environment } from '#server/env'

/**
 * Sets the headers that bound what a page may do. The policy goes on the request as well: Next reads
 * its nonce from there and puts it on the scripts it writes.
 * `strict-dynamic` lets those scripts load the rest (W3C, Content Security Policy Level 3).
 * Styles may stand inline: Radix and the toasts position and style themselves that way, and a style runs nothing.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, env: Environment): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${env.production ? '' : " 'unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${env.production ? '' : ' ws:'}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  if (env.nextauthUrl?.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
}
