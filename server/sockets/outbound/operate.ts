import { mostOpened, type NewClient, newClient, type OutboundClient, type SendOutcome } from '#channels/outbound'
import { container } from '#server/container'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { shownClients } from './client-board'

type Actor = LiveSession['user']

/**
 * Opens an outbound socket on this node, by hand. Admins only; refuses with `forbidden` also for an address that may
 * not be reached, with `invalid` for what is none, and with `conflict` when people have `mostOpened` of them open.
 */
export function openClient(actor: Actor, input: NewClient): { id: string } {
  requireAdmin(actor)
  const { uri } = parseInput(newClient, input)
  const open = shownClients().filter(({ openedBy, state }) => openedBy && state !== 'closed')
  if (open.length >= mostOpened) {
    refuse('conflict', `There are ${mostOpened} outbound sockets already. Close one of them first.`)
  }
  const { id, name } = actor
  const client = container().sockets.operated.open(uri, { id, name })
  container().log.info({ user: id, socket: client.id, path: client.uri }, 'outbound socket opened by hand')
  return { id: client.id }
}

/**
 * Sends text through one that was opened by hand, on whichever node it is. Admins only; refuses with `forbidden`,
 * `not-found`, `conflict` when neither the line nor its queue takes it, and `unavailable`.
 */
export async function sendThrough(actor: Actor, id: string, text: string): Promise<{ outcome: SendOutcome }> {
  requireAdmin(actor)
  const { state, problem } = requireOperated(id)
  if (state === 'closed' || state === 'refused') refuse('conflict', problem ?? 'This socket is closed.')
  const outcome = await container().sockets.operated.send(id, text)
  if (outcome === 'silent') refuse('unavailable', 'The server that holds this socket did not answer. Try again.')
  if (outcome === 'full') refuse('conflict', 'The line did not take it, and too much waits already. Try again later.')
  return { outcome }
}

/** Closes one that was opened by hand, for good. Admins only; refuses with `forbidden` or `not-found`. */
export function closeClient(actor: Actor, id: string): { id: string } {
  requireAdmin(actor)
  requireOperated(id)
  container().sockets.operated.close(id)
  container().log.info({ user: actor.id, socket: id }, 'outbound socket closed by hand')
  return { id }
}

function requireOperated(id: string): OutboundClient {
  const client = shownClients().find((one) => one.id === id)
  if (!client) refuse('not-found', 'There is no such socket any more.')
  if (!client.openedBy) refuse('forbidden', 'This socket is the server’s own.')
  return client
}

function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may open, use and close outbound sockets.')
}
