import type { Publication } from './log-append'
import { LogWriter } from './log-writer'
import { Positions } from './positions'
import { Replays } from './replay'
import { StateLoads } from './state-loads'

/**
 * The log of all rooms, as this process writes and reads it: each room's stream pushes, numbered 1, 2, 3 ...
 * One per process, in the container, because what it does it does for many at once.
 */
export class RoomLog {
  readonly positions = new Positions()
  readonly replays = new Replays()
  readonly stateLoads = new StateLoads()
  readonly #writer = new LogWriter()

  /** Resolves once the push is in the log and on its way to the members of its room. */
  publish(publication: Publication): Promise<void> {
    return this.#writer.publish(publication)
  }
}
