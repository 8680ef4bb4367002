import type { ChannelContract, PushData, PushName } from '#channels/contract'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { appendToLog, type Publication, publication } from '#server/realtime/log-append'
import { redactLog } from '#server/realtime/log-redact'
import { isLogged, prepare } from '#server/realtime/publish'

interface Publishing {
  /**
   * Writes a stream push to the room's log as part of this transaction, and delivers it once that is
   * committed; any other kind is sent then. Throws a ZodError when the data is not what the contract says.
   */
  publish<C extends ChannelContract, P extends PushName<C>>(
    channel: C,
    room: string,
    push: P,
    data: PushData<C, P>,
  ): void
  /** Overwrites, for good, these fields of what the room's log has kept of the thing with this id. */
  redact<C extends ChannelContract>(channel: C, room: string, id: string, fields: object): Promise<void>
  /** Runs after the commit, in the order given; never after a rollback. */
  afterCommit(action: () => void): void
}

export type Transaction = Prisma.TransactionClient & Publishing

/**
 * Everything inside happens or nothing does; what it publishes leaves only after it has happened.
 * The pushes are numbered last, when `work` is done, by one statement: a number locks its room's counter until
 * the commit, so the order of commits is the order of numbers, and the lock is short.
 */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const publications: Publication[] = []
  const committed: (() => void)[] = []
  const publishing: Omit<Publishing, 'redact'> = {
    publish: (channel, room, push, data) => {
      if (isLogged(channel, push)) publications.push(publication(channel, room, push, data))
      else committed.push(prepare(channel, room, push, data))
    },
    afterCommit: (action) => void committed.push(action),
  }
  const result = await container().database.prisma.$transaction(async (client) => {
    const redact: Publishing['redact'] = async (channel, room, id, fields) => {
      await redactLog(client, channel, room, id, fields)
    }
    const result = await work(extend(client, { ...publishing, redact }))
    if (publications.length === 0) return result
    for (const { channel, room, pushed } of await appendToLog(client, publications)) {
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
