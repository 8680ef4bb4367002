import { z } from 'zod'
import type { ChannelContract, LatestPush } from '#channels/contract'
import { id } from '#channels/id'
import type { Pushed } from '#channels/wire'

const keyShape = z.string().min(1).max(256)

/**
 * A value and the key its contract takes from it. Throws a ZodError when the data is not what the contract says
 * or the key is not 1 to 256 characters long, or in a confidential channel no id; and as `requireLatest` does.
 */
export function parseLatest(
  channel: ChannelContract,
  push: string,
  data: unknown,
): Pick<Pushed, 'push' | 'data'> & { key: string } {
  const contract = requireLatest(channel, push)
  const parsed = contract.data.parse(data)
  return { push, key: (channel.confidential ? id : keyShape).parse(contract.key(parsed)), data: parsed }
}

/** The contract of a latest push. Throws an Error when the channel has none of that name. */
export function requireLatest(channel: ChannelContract, push: string): LatestPush {
  const contract = Object.hasOwn(channel.pushes, push) ? channel.pushes[push] : undefined
  if (contract?.kind !== 'latest') throw new Error(`${channel.name} has no latest push "${push}"`)
  return contract
}
