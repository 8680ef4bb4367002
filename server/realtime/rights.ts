import type { Person } from '#channels/wire'
import { container } from '#server/container'
import { describeEnd, findLiveSession } from '#server/models/session'
import { expel, readmit, refusalOf } from './readmission'
import type { Served } from './serve'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'

/**
 * What one socket may do, from the moment it may have changed until that is known again. A room in doubt is
 * left at once, so that no push which commits later reaches it, and entered again if it is still allowed;
 * whatever the client asks meanwhile waits, and is judged by what holds then.
 */
export class Rights {
  readonly #doubted = new Set<string>()
  readonly #lost = new Set<string>()
  /** Whether the session is to be read again, and whether the client is to be told who its person is. */
  #stale = false
  #untold = false
  /** Counts the doubts. */
  #version = 0
  #settling: Promise<void> | undefined

  constructor(
    private readonly socket: Socket,
    private readonly served: Map<string, Served>,
  ) {}

  /** The session or its person may have changed, and with them every room. The client is told `person` when it is known. */
  doubtPerson(): void {
    this.#stale = true
    this.#untold = true
    this.#doubt(this.socket.data.membership.keys())
  }

  /** Who may be in this room has changed. With `tell`, the client asks again for rooms it was denied. */
  doubtRoom(key: string, tell: boolean): void {
    this.#untold ||= tell
    this.#doubt(this.socket.data.membership.has(key) ? [key] : [])
  }

  get inDoubt(): boolean {
    return this.#settling !== undefined
  }

  /** Resolves once what is in doubt now is known. */
  async settled(): Promise<void> {
    await this.#settling
  }

  /**
   * Runs `work` while nothing is in doubt, and all over again when something came to be meanwhile. `work` calls
   * `check` in the turn in which it grants something; it throws when what was looked at before has changed.
   */
  async steadily<Result>(work: (check: () => void) => Promise<Result>): Promise<Result> {
    for (;;) {
      while (this.inDoubt) await this.settled()
      const version = this.#version
      const changed = () => version !== this.#version
      const check = () => {
        if (changed()) throw new Error('What this socket may do has changed.')
      }
      try {
        const result = await work(check)
        if (!changed()) return result
      } catch (error) {
        if (!changed()) throw error
      }
    }
  }

  /** Whether the socket was taken out of this room: what it still asks there was on its way. */
  hasLost(key: string): boolean {
    return this.#lost.has(key)
  }

  #doubt(keys: Iterable<string>): void {
    this.#version++
    for (const key of keys) {
      this.#doubted.add(key)
      void this.socket.leave(key)
    }
    this.#settling ??= this.#settle()
  }

  async #settle(): Promise<void> {
    // Where nothing is to be asked it would be over before `#settling` is set, and so for ever.
    await Promise.resolve()
    try {
      while (this.socket.connected && (this.#stale || this.#untold || this.#doubted.size > 0)) await this.#lookAgain()
    } catch (error) {
      // Not knowing is no reason to stay: the client comes back and is asked again.
      container().log.error({ err: error, socket: this.socket.id }, 'rights could not be checked')
      this.socket.disconnect(true)
    } finally {
      this.#settling = undefined
    }
  }

  /** Gives up when something new is in doubt, and is then called again. */
  async #lookAgain(): Promise<void> {
    const version = this.#version
    const { data } = this.socket
    if (this.#stale) {
      const { id } = data.session
      const session = await findLiveSession(id)
      if (version !== this.#version) return
      if (!session) return closeSocket(this.socket, (await describeEnd(id)) ?? { reason: 'signed-out', retry: false })
      data.session = session
      this.#stale = false
    }
    for (const key of this.#doubted) {
      const refusal = await refusalOf(this.served, this.socket, key)
      if (version !== this.#version || !this.socket.connected) return
      this.#doubted.delete(key)
      if (refusal) this.#lost.add(key)
      if (refusal) expel(this.socket, key, refusal)
      else await readmit(this.served, this.socket, key)
    }
    if (version !== this.#version || !this.#untold) return
    this.#untold = false
    this.socket.emit('person', data.session.user satisfies Person)
  }
}
