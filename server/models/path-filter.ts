import { refuse } from '#server/refusal'

/** Which paths are meant: `path` itself, or, when `below`, whatever begins with it. */
export interface PathFilter {
  path: string
  below: boolean
}

/**
 * Reads `/a/b` (that path), `/a/*` (whatever lies below `/a`, not `/a` itself) or `*` (all), as the service of
 * Open-Xchange's middleware takes them. Refuses anything else with `invalid`.
 */
export function parsePathFilter(text: string): PathFilter {
  if (text === '*') return { path: '/', below: true }
  const [, path = '', star] = /^((?:\/[^/*]+)+)(\/\*)?$/.exec(text) ?? []
  if (!path) refuse('invalid', 'A path filter is a path, such as /ws/orders, or /ws/* for all below /ws, or *.')
  return star ? { path: `${path}/`, below: true } : { path, below: false }
}

export function matchesPath({ path, below }: PathFilter, candidate: string): boolean {
  return below ? candidate.startsWith(path) : candidate === path
}
