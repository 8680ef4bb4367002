import type { PresenceEntry } from '#channels/presence'
import type { UserRef } from '#channels/user'

/** One person, however many tabs they have open. */
export interface PersonHere {
  user: UserRef
  tabs: number
  /** While none of the tabs is looked at. */
  idle: boolean
  /** The parts of the page they are on. */
  parts: string[]
}

/**
 * The people behind tabs, by name, so that nobody changes places when somebody moves. `me` is always among them:
 * on the way in, and where there are too many to be listed.
 */
export function peopleIn(entries: Iterable<PresenceEntry>, me: UserRef): PersonHere[] {
  const people = new Map<string, PersonHere>()
  for (const { user, idle, part } of entries) {
    const { tabs = 0, idle: allIdle = true, parts = [] } = people.get(user.id) ?? {}
    const place = part === null || parts.includes(part) ? parts : [...parts, part].sort()
    people.set(user.id, { user, tabs: tabs + 1, idle: allIdle && idle, parts: place })
  }
  if (!people.has(me.id)) people.set(me.id, { user: me, tabs: 1, idle: false, parts: [] })
  return [...people.values()].sort((one, other) => compare(one.user.name, other.user.name))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** `ada, ben and 3 others are here`. The names are those shown; `more` people are here beside them. */
export function hereInWords(names: string[], more: number): string {
  const others = more > 0 ? [`${more} ${more === 1 ? 'other' : 'others'}`] : []
  const all = [...names, ...others]
  const listed = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join()
  return `${listed} ${names.length + more === 1 ? 'is' : 'are'} here`
}
