import type { LatestName } from '#channels/contract'
import { monitor } from '#channels/monitor'
import { container } from '#server/container'
import { findGoneNodes } from '#server/models/node'

/**
 * Has the board show these values of this node, by key, and no others of its own: those that are there already are
 * not put again. Keys begin with the id of the node and a slash.
 */
export function showOwn(room: string, push: LatestName<typeof monitor>, values: ReadonlyMap<string, object>): void {
  const { latest, node } = container()
  const shown = new Map<string, string>()
  for (const { push: name, key = '', data } of latest.read(monitor, room) ?? []) {
    if (name === push && key.startsWith(`${node.id}/`)) shown.set(key, JSON.stringify(data))
  }
  for (const [key, value] of values) {
    // As the board has parsed it: its fields stand in the order of the contract.
    const parsed = monitor.pushes[push].data.parse(value)
    if (shown.get(key) !== JSON.stringify(parsed)) latest.put(monitor, room, push, parsed)
  }
  for (const key of shown.keys()) if (!values.has(key)) latest.withdraw(monitor, room, push, key)
}

/** Takes off the board what nodes have put there that are gone. */
export async function dropGoneNodes(): Promise<void> {
  const { latest, node } = container()
  const others = [...latest.ownersIn(monitor)].filter((id) => id !== node.id)
  if (others.length === 0) return
  for (const id of await findGoneNodes(others)) latest.dropOwner(monitor, id)
}
