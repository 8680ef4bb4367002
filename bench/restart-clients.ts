import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { chat, type Message } from '#channels/chat'
import { chatFold } from '#components/chat/chat-fold.ts'
import { emptyChat } from '#components/chat/test-empty.ts'
import { openRoom, type Room } from '#components/realtime/room'
import { connectAs } from '#components/realtime/test-client'

/**
 * Half of the clients of bench/restart.ts, in a process of their own: whole clients of ours, each in one room. Every
 * hundredth of them is in a room more, where it has a call under way when the server is told to close.
 */
export interface Task {
  url: string
  visitors: { cookie: string; csrfToken: string }[]
  clients: number
  opensPerSecond: number
}

/** Asked by the parent; `report` is answered with a `Report`, `post` with how many calls were answered. */
export type Question = 'report' | 'post'

export interface Report {
  joined: number
  /** How many messages each client has applied that has applied fewest, and how many that has applied most. */
  applied: [number, number]
  /** How many clients have applied one message twice, or out of turn. */
  wrong: number
  /** When the line of each client was opened last, in milliseconds since 1970, and how often it was tried since then. */
  openedAt: number[]
  tries: number[]
  peakMemory: number
}

class Client {
  readonly room: Room<typeof chat>
  openedAt = 0
  readonly tries: number[] = []
  applied = 0
  wrong = false
  readonly #seen = new Set<string>()

  readonly other: Room<typeof chat> | undefined

  constructor(url: string, visitor: Task['visitors'][number], other: boolean) {
    const connection = connectAs(url, visitor)
    connection.socket.on('connect', () => {
      this.openedAt = Date.now()
    })
    connection.socket.io.on('open', () => this.tries.push(Date.now()))
    connection.socket.io.on('error', () => this.tries.push(Date.now()))
    this.room = openRoom(connection, chat, 'general', emptyChat('general'), chatFold)
    this.other = other ? openRoom(connection, chat, 'orders', emptyChat('orders'), chatFold) : undefined
    let last = 0
    this.room.watch(({ push, seq = 0, data }) => {
      if (push !== 'posted') return
      // Parsed by the room, by the contract of the push.
      const { id } = data as Message
      this.wrong ||= this.#seen.has(id) || (last > 0 && seq !== last + 1)
      last = seq
      this.#seen.add(id)
      this.applied++
    })
  }
}

const clients: Client[] = []

async function open({ url, visitors, clients: count, opensPerSecond }: Task): Promise<void> {
  for (let nth = 0; nth < count; nth++) {
    // Those who post are of many sessions, because one may post only so much at once.
    const visitor = visitors[(nth + Math.floor(nth / 100)) % visitors.length]
    if (visitor) clients.push(new Client(url, visitor, nth % 100 === 0))
    await wait(1_000 / opensPerSecond)
  }
}

function report(): Report {
  const applied = clients.map((client) => client.applied)
  return {
    joined: clients.filter(({ room }) => room.snapshot.status === 'joined').length,
    applied: [Math.min(...applied), Math.max(...applied)],
    wrong: clients.filter(({ wrong }) => wrong).length,
    openedAt: clients.map(({ openedAt }) => openedAt),
    tries: clients.flatMap(({ tries }) => tries),
    peakMemory: process.resourceUsage().maxRSS * 1_024,
  }
}

async function post(): Promise<number> {
  const rooms = clients.flatMap(({ other }) => other ?? [])
  const posts = rooms.map((room) => room.call('post', { id: randomUUID(), body: 'under way when the server closes' }))
  // The parent goes on as soon as they are on the line, which is before any of them is answered.
  setTimeout(() => process.send?.('posted'))
  return (await Promise.allSettled(posts)).filter(({ status }) => status === 'fulfilled').length
}

process.on('message', async (message: Task | Question) => {
  if (message === 'report') process.send?.(report())
  else if (message === 'post') process.send?.({ answered: await post() })
  else await open(message)
})
process.on('disconnect', () => process.exit(0))
