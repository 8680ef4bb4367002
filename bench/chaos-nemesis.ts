import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '#components/realtime/connection'
import { connectAs } from '#components/realtime/test-client'
import type { Random } from '#server/random'
import type { Started } from '#server/test-process'
import { flood, malformed } from './chaos-attacks'
import type { Client } from './chaos-client'
import type { KeptServer } from './server'

interface Field {
  server: KeptServer
  url: string
  clients: Client[]
  /** In whose name the attacks come. */
  attacker: Started['visitors'][number]
  rooms: string[]
  random: Random
  /** Resolves once the server is up and has acknowledged something, or when it is time to end. */
  atWork(): Promise<void>
  /** Aborted when it is time to end. */
  calm: AbortSignal
}

/** How often each befalls the others in one round. */
const round = { cuts: 14, blackouts: 1, pauses: 7, floods: 3, malformed: 7, 'sign-outs': 2, kills: 2, terms: 1 }
type Blow = keyof typeof round
const blows = Object.keys(round) as Blow[]
const attacks = new Set<Blow>(['floods', 'malformed', 'sign-outs'])

/** Does to the server and its clients, at random, what the world does. (The name is Jepsen's for such a process.) */
export class Nemesis {
  /** How often each has struck. */
  readonly struck = Object.fromEntries(blows.map((blow) => [blow, 0])) as Record<Blow, number>
  /** The lines of those who were signed out: each must have ended for good. */
  readonly signedOut: Connection[] = []
  #guests = Promise.resolve(false)
  #killing = Promise.resolve(false)
  #count = 0

  constructor(private readonly field: Field) {}

  /** Strikes until it is time to end, and resolves when the last blow is over. */
  async rage(): Promise<void> {
    const { random, calm } = this.field
    const deck = blows.flatMap((blow) => Array<Blow>(round[blow]).fill(blow))
    const underWay: Promise<void>[] = []
    // In rounds, so that a short run meets with everything too.
    while (!calm.aborted) {
      for (const blow of random.shuffled(deck)) {
        // Each has random numbers of its own, so that a seed repeats whatever comes of the blow before.
        const own = random.split()
        await wait(random.between(200, 1_500))
        if (calm.aborted) break
        underWay.push(this.#strike(blow, own))
      }
    }
    await Promise.all(underWay)
  }

  async #strike(blow: Blow, random: Random): Promise<void> {
    const { server, calm } = this.field
    if (attacks.has(blow)) await server.up()
    if (!calm.aborted && (await this.#deal[blow](random))) this.struck[blow]++
  }

  /** Each answers whether it struck. */
  readonly #deal: Record<Blow, (random: Random) => boolean | Promise<boolean>> = {
    cuts: (random) => {
      const { cable, connection } = random.pick(this.field.clients)
      if (random.next() < 0.5) cable.cut()
      else connection.cut()
      return true
    },
    blackouts: () => {
      for (const { cable } of this.field.clients) cable.cut()
      return true
    },
    pauses: async (random) => {
      const { cable } = random.pick(this.field.clients)
      cable.hold()
      await wait(random.between(500, 6_000))
      cable.flow()
      return true
    },
    floods: (random) => flood(this.#attack(random)),
    malformed: (random) => malformed(this.#attack(random)),
    'sign-outs': () => {
      // One after the other: the server's process answers one question at a time.
      this.#guests = this.#guests.then(() => this.#signOut())
      return this.#guests
    },
    kills: (random) => this.#kill('SIGKILL', random),
    terms: (random) => this.#kill('SIGTERM', random),
  }

  /** Most wait until the server is at work again after the one before, or on a slow machine it never would be. */
  #kill(signal: 'SIGKILL' | 'SIGTERM', random: Random): Promise<boolean> {
    const { server, atWork, calm } = this.field
    const kill = () => !calm.aborted && server.kill(signal, random.between(0, 1_000))
    if (random.next() < 0.2) return Promise.resolve(kill())
    this.#killing = this.#killing.then(async () => {
      await atWork()
      await wait(random.between(0, 1_000))
      return kill()
    })
    return this.#killing
  }

  #attack(random: Random) {
    const { url, attacker, rooms } = this.field
    return { url, visitor: attacker, room: random.pick(rooms), random }
  }

  /** A guest signs in, opens a tab, and is signed out from elsewhere. */
  async #signOut(): Promise<boolean> {
    const { server, url } = this.field
    const guest = await server.ask<Started['visitors'][number]>({ signIn: `guest-${this.#count++}` })
    if (!guest) return false
    const connection = connectAs(url, guest)
    await wait(500)
    const answer = await server.ask({ signOut: guest.sessionId })
    // Unless it is answered, the server may have ended before it did so.
    if (answer === undefined) connection.hangUp()
    else this.signedOut.push(connection)
    return answer !== undefined
  }
}
