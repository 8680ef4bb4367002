import type { ChannelContract, LatestName, PushData, PushName } from '#channels/contract'
import { container } from '#server/container'
import { publication } from './log-append'

/**
 * Publishes outside of any change of data: a typing sign, a job's progress, a quote.
 * Where data changes, use `tx.publish` in the same transaction instead.
 * A `latest` push is on the board when this returns, without any waiting; `volatile` ones are on their way.
 * Rejects with a ZodError when the data is not what the contract says, and for `latest` as LatestBoard.put does.
 */
export async function publish<C extends ChannelContract, P extends PushName<C>>(
  channel: C,
  room: string,
  push: P,
  data: PushData<C, P>,
): Promise<void> {
  if (isLogged(channel, push)) return container().roomLog.publish(publication(channel, room, push, data))
  prepare(channel, room, push, data)()
}

/** Whether a push goes to the room's log, or past it. Throws an Error when the channel has none of that name. */
export function isLogged(channel: ChannelContract, push: string): boolean {
  const contract = Object.hasOwn(channel.pushes, push) ? channel.pushes[push] : undefined
  if (!contract) throw new Error(`${channel.name} has no push "${push}"`)
  return contract.kind === 'stream'
}

/** Parses a `latest` or `volatile` push, and answers what sends it, which cannot fail. Throws as `publish` rejects. */
export function prepare(channel: ChannelContract, room: string, push: string, data: unknown): () => void {
  const { delivery, latest } = container()
  const contract = channel.pushes[push]
  if (contract?.kind === 'latest') return latest.prepare(channel, room, push, data)
  const parsed = contract?.data.parse(data)
  return () => delivery.send(channel, room, { push, at: Date.now(), data: parsed })
}

/** Takes the value under a key of a `latest` push off all screens, at once. A key under which there is none is no error. */
export function withdraw<C extends ChannelContract>(channel: C, room: string, push: LatestName<C>, key: string): void {
  container().latest.withdraw(channel, room, push, key)
}
