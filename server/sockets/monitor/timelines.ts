import { type Happening, mostHappenings } from '#channels/monitor'

export type NewHappening = Pick<Happening, 'socket' | 'path' | 'what' | 'about' | 'reason'>

/** The most people of whom a node remembers something. */
const mostPeople = 500

/**
 * What happened to people by way of this node, in memory and bounded: of each person the last things, and of people
 * those to whom something happened last.
 */
export class Timelines {
  /** Whoever was noted last is last in it. */
  readonly #people = new Map<string, Happening[]>()
  #number = 0

  /** The same once more, right after the other, is counted in its place: a flood must not wash away what led to it. */
  note(node: string, userId: string, happened: NewHappening, at = Date.now()): void {
    const known = this.#people.get(userId) ?? []
    this.#people.delete(userId)
    this.#people.set(userId, known)
    const last = known.at(-1)
    if (last && same(last, happened)) known[known.length - 1] = { ...last, at, times: last.times + 1 }
    else known.push({ node, number: ++this.#number, at, times: 1, ...happened })
    if (known.length > mostHappenings) known.shift()
    const [longest] = this.#people.keys()
    if (longest !== undefined && this.#people.size > mostPeople) this.#people.delete(longest)
  }

  /** The oldest first. */
  of(userId: string): readonly Happening[] {
    return this.#people.get(userId) ?? []
  }
}

function same(one: NewHappening, other: NewHappening): boolean {
  const { socket, what, about, reason } = one
  return socket === other.socket && what === other.what && about === other.about && reason === other.reason
}
