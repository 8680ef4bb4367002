import type { IncomingMessage } from 'node:http'
import type { CallLimit } from '#channels/contract'
import { clientAddress, network } from '#server/auth/address'
import type { Environment } from '#server/env'
import { TokenBuckets } from './token-bucket'

/** All those behind one address may be refused in one moment, and must not come back in one. In milliseconds. */
const spreadOver = 10_000

/**
 * How many sockets each address may try to open. One that is over it is told how long to wait, which takes
 * a line to tell it on; one that tries twice as often is not even given that.
 */
export class HandshakeLimit {
  readonly #upgrades = new TokenBuckets()
  readonly #handshakes = new TokenBuckets()
  readonly #perMinute: number
  readonly #trustProxy: number

  constructor({ handshakesPerMinute, trustProxy }: Environment) {
    this.#perMinute = handshakesPerMinute
    this.#trustProxy = trustProxy
  }

  /** Counts a request for a line, and says whether it is granted. */
  upgrade(request: IncomingMessage): boolean {
    return this.#upgrades.take(this.#network(request), evenly(2 * this.#perMinute)) === 0
  }

  /** Counts a handshake on a line; 0, or when to try again, which is some time after there will be a place. */
  handshake(request: IncomingMessage): number {
    const wait = this.#handshakes.take(this.#network(request), evenly(this.#perMinute))
    return wait && wait + Math.round(Math.random() * spreadOver)
  }

  #network(request: IncomingMessage): string {
    return network(clientAddress(request, this.#trustProxy))
  }
}

function evenly(perMinute: number): CallLimit {
  return { burst: perMinute, perSecond: perMinute / 60 }
}
