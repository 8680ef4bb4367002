import { container } from '#server/container'
import { refuse } from '#server/refusal'
import { sameSecret } from './constant-time'
import { loopbackHeader } from './loopback'

/**
 * Lets through who may read the figures: a program with METRICS_TOKEN as its bearer token (RFC 6750), or one on
 * this machine. Refuses with `unauthenticated`, or with `forbidden` where no token has been set.
 */
export function mayReadMetrics(headers: Headers): void {
  const { metricsToken } = container().env
  const authorization = headers.get('authorization')
  if (authorization === null && headers.get(loopbackHeader) === 'true') return
  if (!metricsToken) refuse('forbidden', 'Set METRICS_TOKEN to read the figures from elsewhere than this machine.')
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (!sameSecret(token, metricsToken)) refuse('unauthenticated', 'The figures need METRICS_TOKEN as a bearer token.')
}
