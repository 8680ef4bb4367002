import {
  figuresRoom,
  type MonitorMessage,
  type MonitorPaint,
  monitor,
  monitorMessage,
  type Notice,
  type SocketPage,
  type SocketQuery,
  socketQuery,
} from '#channels/monitor'
import { container } from '#server/container'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'
import { socketService } from '#server/sockets/socket-service'
import { pageOf } from './list'

type Actor = LiveSession['user']

/** Refuses with `forbidden` whoever is no admin. */
export function requireSight({ role }: Actor): void {
  if (role !== 'admin') refuse('forbidden', 'Only an admin may look at the monitor.')
}

/** The figures of this moment, for the first paint. Admins only. */
export async function openMonitor(actor: Actor): Promise<MonitorPaint> {
  requireSight(actor)
  await container().sockets.monitor.show(figuresRoom)
  return firstPaint(monitor, figuresRoom, async () => ({}))
}

/** One page of all open sockets that match, or of their groups. Admins only. */
export async function listSockets(actor: Actor, query: SocketQuery): Promise<SocketPage> {
  requireSight(actor)
  return pageOf(parseInput(socketQuery, query))
}

/**
 * Writes to all sockets of a person, or to one. Admins only; refuses with `not-found` when none took it. What is
 * written is in no log.
 */
export async function sendMessage(actor: Actor, input: MonitorMessage): Promise<{ taken: number }> {
  requireSight(actor)
  const { to, text } = parseInput(monitorMessage, input)
  const message: Notice = { notice: { from: actor.name, text, at: Date.now() } }
  const [socket] = 'socket' in to ? await socketService.list({ id: to.socket }) : []
  const person = 'person' in to ? to.person : socket?.userId
  const taken =
    'person' in to
      ? await socketService.send(to.person, message)
      : Number(await socketService.sendTo(to.socket, message))
  if (taken === 0) refuse('not-found', 'No open socket took the message.')
  if (person) container().sockets.monitor.messaged(person, actor.name)
  container().log.info({ user: actor.id, to, taken }, 'an admin wrote to sockets')
  return { taken }
}

/** Closes one socket on whichever node it is. Admins only; refuses with `not-found` when there is none. */
export async function endSocket(actor: Actor, id: string): Promise<void> {
  requireSight(actor)
  if (!(await socketService.end(id))) refuse('not-found', 'This socket is closed already.')
  container().log.info({ user: actor.id, socket: id }, 'an admin ended a socket')
}

/** Closes all sockets of a person; their sessions live on. Admins only. Gives how many. */
export async function endAllSockets(actor: Actor, person: string): Promise<{ ended: number }> {
  requireSight(actor)
  const ended = await socketService.endAll(person)
  container().log.info({ user: actor.id, person, ended }, 'an admin ended all sockets of a person')
  return { ended }
}
