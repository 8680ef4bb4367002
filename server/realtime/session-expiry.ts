import { z } from 'zod'
import { container } from '#server/container'
import { describeEnd, findLiveSession, type LiveSession } from '#server/models/session'
import { localSockets } from './local-sockets'
import { defineNodeMessage, type NodeMessages } from './node-messages'
import { closeSocket, sessionRoom } from './session-end'
import type { SwitchboardServer } from './socket-server'

/** setTimeout holds no more than 31 bits of milliseconds; a longer wait is taken in steps. */
const longestWait = 2 ** 31 - 1

const sessionRenewed = defineNodeMessage('session-renewed', z.object({ id: z.string(), expiresAt: z.number() }))

/** Has the open sockets of a session, on every node, last until `expiresAt` (milliseconds since 1970). */
export function extendSessionSockets(id: string, expiresAt: number): void {
  container().nodeMessages.tell(sessionRenewed, { id, expiresAt })
}

/** Closes this node's sockets when their session expires: one timer for the nearest expiry, however many there are. */
export class SessionExpiry {
  readonly #sessions = new Map<string, { expiresAt: number; sockets: number }>()
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY

  constructor(
    private readonly io: SwitchboardServer,
    nodeMessages: NodeMessages,
  ) {
    nodeMessages.listen(sessionRenewed, ({ id, expiresAt }) => this.#extend(id, expiresAt))
  }

  /** One more socket of this session. */
  watch({ id, expiresAt }: LiveSession): void {
    const sockets = (this.#sessions.get(id)?.sockets ?? 0) + 1
    this.#sessions.set(id, { expiresAt, sockets })
    this.#wait(expiresAt)
  }

  /** One socket fewer; with the last the session is forgotten. */
  unwatch({ id }: LiveSession): void {
    const watched = this.#sessions.get(id)
    if (watched && --watched.sockets === 0) this.#sessions.delete(id)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#sessions.clear()
  }

  #extend(id: string, expiresAt: number): void {
    const watched = this.#sessions.get(id)
    if (!watched) return
    watched.expiresAt = expiresAt
    for (const { data } of localSockets(this.io, sessionRoom(id))) data.session = { ...data.session, expiresAt }
    this.#wait(expiresAt)
  }

  #wait(due: number): void {
    if (due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.#expire(), Math.min(due - Date.now(), longestWait)).unref()
  }

  #expire(): void {
    this.#due = Number.POSITIVE_INFINITY
    const now = Date.now()
    for (const [id, watched] of this.#sessions) {
      const { expiresAt } = watched
      if (expiresAt > now) this.#wait(expiresAt)
      else {
        // Not looked at again while its row is asked.
        watched.expiresAt = Number.POSITIVE_INFINITY
        void this.#askRow(id, expiresAt)
      }
    }
  }

  /** The row says whether it is over: word of a renewal on another node may have been lost. Handles its errors. */
  async #askRow(id: string, expiresAt: number): Promise<void> {
    try {
      const live = await findLiveSession(id)
      if (live) return this.#extend(id, live.expiresAt)
      const ended = (await describeEnd(id)) ?? { reason: 'expired', retry: false, at: expiresAt }
      for (const socket of localSockets(this.io, sessionRoom(id))) closeSocket(socket, ended)
    } catch (error) {
      // Not knowing is no reason to stay: the client comes back and is asked again.
      container().log.error({ err: error, session: id }, 'expiry could not be checked')
      for (const socket of localSockets(this.io, sessionRoom(id))) socket.disconnect(true)
    }
  }
}
