import { type ChannelContract, type PushData, type PushName, roomKey } from '#channels/contract'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { appendToLog } from '#server/realtime/log'

interface Publishing {
  /**
   * Writes a stream push to the room's log as part of this transaction, and delivers it once that is
   * committed. Rejects the transaction with a ZodError when the data is not what the contract says.
   */
  publish<C extends ChannelContract, P extends PushName<C>>(
    channel: C,
    room: string,
    push: P,
    data: PushData<C, P>,
  ): void
  /** Runs after the commit, in the order given; never after a rollback. */
  afterCommit(action: () => void): void
}

export type Transaction = Prisma.TransactionClient & Publishing

interface Publication {
  channel: ChannelContract
  room: string
  key: string
  push: string
  data: unknown
}

/**
 * Everything inside happens or nothing does; what it publishes leaves only after it has happened.
 * The pushes are numbered last, when `work` is done: a number locks its room's counter until the commit,
 * so the order of commits is the order of numbers, and the lock is short. Rooms are locked in the order
 * of their keys, so that two transactions that publish to the same rooms cannot wait for each other.
 */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const publications: Publication[] = []
  const committed: (() => void)[] = []
  const publishing: Publishing = {
    publish: (channel, room, push, data) =>
      void publications.push({ channel, room, key: roomKey(channel, room), push, data }),
    afterCommit: (action) => void committed.push(action),
  }
  const result = await container().database.prisma.$transaction(async (client) => {
    const result = await work(extend(client, publishing))
    publications.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    for (const { channel, room, key, push, data } of publications) {
      const pushed = await appendToLog(client, channel, key, push, data)
      committed.push(() => container().delivery.send(channel, room, pushed))
    }
    return result
  })
  for (const action of committed) action()
  return result
}

/**
 * The client with our two functions beside its own. Not by assigning them: Prisma's transaction clients
 * share what is assigned to one, and each transaction would call the newest one's.
 */
function extend(client: Prisma.TransactionClient, publishing: Publishing): Transaction {
  const has = (key: PropertyKey) => Object.hasOwn(publishing, key)
  return new Proxy(client, {
    get: (target, key) => Reflect.get(has(key) ? publishing : target, key),
  }) as Transaction
}
