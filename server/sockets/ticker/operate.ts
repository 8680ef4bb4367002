import type { Stoppage } from '#channels/ticker'
import { container } from '#server/container'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** Stops this server's own exchange. Admins only; refuses with `forbidden`, and `conflict` when it has another. */
export function stopExchange(actor: Actor, how: Stoppage): void {
  requireControl(actor)
  const by = { id: actor.id, name: actor.name }
  container().sockets.ticker.exchangeSwitch.turn({ how, by, at: Date.now() })
  container().log.info({ user: actor.id, how }, 'exchange stopped')
}

/** Has it run again; that it runs already is no error. Refuses as `stopExchange` does. */
export function startExchange(actor: Actor): void {
  requireControl(actor)
  container().sockets.ticker.exchangeSwitch.turn(null)
  container().log.info({ user: actor.id }, 'exchange started')
}

function requireControl({ role }: Actor): void {
  if (role !== 'admin') refuse('forbidden', 'Only an admin may stop and start the exchange.')
  if (container().env.exchangeUrl)
    refuse('conflict', 'These quotes come from an exchange that is not this server’s own.')
}
