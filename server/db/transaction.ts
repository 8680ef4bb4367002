import type { ChannelContract, PushData, PushName } from '#channels/contract'
import { roomKey } from '#channels/contract'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { deliver } from '#server/realtime/deliver'
import { appendToLog } from '#server/realtime/log'

interface Publishing {
  /**
   * Writes a stream push to the room's log as part of this transaction, and delivers it once that is
   * committed. It locks the room's counter until then, so it is the last thing a model does:
   * the order of commits is the order of numbers.
   */
  publish<C extends ChannelContract, P extends PushName<C>>(
    channel: C,
    room: string,
    push: P,
    data: PushData<C, P>,
  ): Promise<void>
  /** Runs after the commit, in the order given; never after a rollback. */
  afterCommit(action: () => void): void
}

export type Transaction = Prisma.TransactionClient & Publishing

/** Everything inside happens or nothing does; what it publishes leaves only after it has happened. */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const committed: (() => void)[] = []
  const result = await container().database.prisma.$transaction((client) => {
    const publishing: Publishing = {
      async publish(channel, room, push, data) {
        const pushed = await appendToLog(client, channel, roomKey(channel, room), push, data)
        committed.push(() => deliver(channel, room, pushed))
      },
      afterCommit: (action) => void committed.push(action),
    }
    return work(Object.assign(client, publishing))
  })
  for (const action of committed) action()
  return result
}
