import type { CallContract, CallLimit } from '#channels/contract'
import type { Environment } from '#server/env'
import type { Socket } from './socket-server'
import { TokenBuckets } from './token-bucket'

/** How often a session may come too early before it is cut off: a hundred times at once, and then once a second. */
const patience: CallLimit = { burst: 100, perSecond: 1 }

/** How long whoever was cut off should stay away, in milliseconds. */
const rest = 10_000

/** `wait` is 0 when it is granted, else the milliseconds until it will be; `cutOffFor` closes the socket for so long. */
interface Verdict {
  wait: number
  cutOffFor?: number
}

/**
 * How often the session of a socket may make each call, whichever of its sockets it comes on. Asking too
 * often costs nothing by itself: a refusal names the wait, and whoever comes back after it is served. But
 * one that comes sooner has not listened, and takes from the patience there is with its session.
 */
export class Limits {
  readonly #calls = new TokenBuckets()
  readonly #patience = new TokenBuckets()
  /** Until when each socket was told to wait with each call, by the clock of `performance.now()`. */
  readonly #told = new WeakMap<Socket, Map<string, number>>()
  readonly #byDefault: CallLimit
  /** As much as all sockets of a session may hold, at once: all tabs return together after a restart. */
  readonly rooms: CallLimit
  readonly alive: CallLimit

  constructor({ callBurst, callsPerSecond, roomsPerSocket, socketsPerSession }: Environment) {
    this.#byDefault = { burst: callBurst, perSecond: callsPerSecond }
    this.rooms = { burst: roomsPerSocket * socketsPerSession, perSecond: roomsPerSocket }
    this.alive = { burst: 4 * socketsPerSession, perSecond: socketsPerSession }
  }

  of(call: CallContract): CallLimit {
    return call.limit ?? this.#byDefault
  }

  /** Counts one `event` of this socket. `now` is in milliseconds of `performance.now()`. */
  take(socket: Socket, event: string, limit: CallLimit, now = performance.now()): Verdict {
    const { id } = socket.data.session
    const wait = this.#calls.take(`${id} ${event}`, limit, now)
    if (wait === 0) return { wait }
    const told = this.#toldOf(socket)
    const early = now < (told.get(event) ?? 0)
    told.set(event, now + wait)
    if (!early || this.#patience.take(id, patience, now) === 0) return { wait }
    return { wait, cutOffFor: rest }
  }

  #toldOf(socket: Socket): Map<string, number> {
    const told = this.#told.get(socket) ?? new Map<string, number>()
    this.#told.set(socket, told)
    return told
  }
}
