import { type Scope, scope } from '#channels/dashboard'

const path = '/dashboard'

/** As it stands in the address; what is none of ours is the whole workshop. */
export function readScope(params: Record<string, string | string[] | undefined>): Scope {
  return scope.catch('all').parse(params.line)
}

export function addressOf(chosen: Scope): string {
  return chosen === 'all' ? path : `${path}?line=${chosen}`
}
