import { z } from 'zod'
import { type Feed, type Stoppage, stoppage } from '#channels/ticker'
import { userRef } from '#channels/user'
import { container } from '#server/container'
import { defineNodeMessage } from '#server/realtime/node-messages'
import { closeCode } from '#server/sockets/close-code'
import { endpointsPath } from '#server/sockets/endpoints'

const stopped = z.object({ how: stoppage, by: userRef, at: z.number() })

/** Somebody has stopped the exchange, on all nodes; null: it runs again. */
const switched = defineNodeMessage('exchange-switched', z.object({ stopped: stopped.nullable() }))

/** Where this server serves its own exchange. */
export const exchangePath = `${endpointsPath}exchange`

/**
 * Stops this server's own exchange, so that one can see what a dead one looks like. It is kept in memory: a node that
 * starts later has one that runs.
 */
export class ExchangeSwitch {
  #stopped: Feed['stopped'] = null

  /** Once the container is filled. */
  start(): void {
    container().nodeMessages.listen(switched, ({ stopped }) => {
      this.#stopped = stopped
      if (stopped?.how === 'closed') closeLines()
    })
  }

  get position(): Stoppage | 'on' {
    return this.#stopped?.how ?? 'on'
  }

  get stopped(): Feed['stopped'] {
    return this.#stopped
  }

  /** On all nodes, this one at once. */
  turn(stopped: Feed['stopped']): void {
    container().nodeMessages.tell(switched, { stopped })
  }
}

function closeLines(): void {
  for (const socket of container().sockets.served.open()) {
    if (socket.path === exchangePath) socket.close(closeCode.tryLater, 'stopped')
  }
}
