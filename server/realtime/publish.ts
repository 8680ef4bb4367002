import type { ChannelContract, PushData, PushName } from '#channels/contract'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'

/**
 * Publishes outside of any change of data: a typing sign, a job's progress line.
 * Where data changes, use `tx.publish` in the same transaction instead.
 * Rejects with a ZodError when the data is not what the contract says.
 */
export async function publish<C extends ChannelContract, P extends PushName<C>>(
  channel: C,
  room: string,
  push: P,
  data: PushData<C, P>,
): Promise<void> {
  const contract = channel.pushes[push]
  if (!contract) throw new Error(`${channel.name} has no push "${push}"`)
  if (contract.kind === 'stream') return transaction(async (tx) => tx.publish(channel, room, push, data))
  container().delivery.send(channel, room, { push, at: Date.now(), data: contract.data.parse(data) })
}
