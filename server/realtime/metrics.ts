import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { closeReasons } from './close-reason'
import { createGauges } from './metrics-gauges'
import type { ConnectionRegistry } from './registry'

/** Upper bounds in seconds: a call on an idle embedded database takes 3 to 10 ms. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * The figures of this process, read by `/api/metrics`, besides prom-client's own of Node (memory, CPU, delay of
 * the event loop). A label takes its values from a closed list or from the contracts: never a room, a person or
 * an id, because every value is a series of its own for as long as the process runs.
 */
export function createMetrics(connections: ConnectionRegistry) {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  createGauges(register, connections)
  const closes = new Counter({
    name: 'switchboard_closes_total',
    help: 'Sockets closed, by why.',
    labelNames: ['reason'],
    registers,
  })
  // A rate over a series that begins with its first event would miss that event.
  for (const reason of closeReasons) closes.inc({ reason }, 0)
  return {
    register,
    closes,
    /** Once per handshake: `accepted`, or the code with which it was refused. */
    handshakes: new Counter({
      name: 'switchboard_handshakes_total',
      help: 'Handshakes of sockets, by outcome: accepted, or the code of the refusal.',
      labelNames: ['outcome'],
      registers,
    }),
    joins: new Counter({
      name: 'switchboard_joins_total',
      help: 'Rooms joined.',
      labelNames: ['channel'],
      registers,
    }),
    /** Also those that a closing socket leaves, so that joins less leaves is how many are in rooms. */
    leaves: new Counter({
      name: 'switchboard_leaves_total',
      help: 'Rooms left, by request, by the server or with the socket.',
      labelNames: ['channel'],
      registers,
    }),
    pushes: new Counter({
      name: 'switchboard_pushes_total',
      help: 'Pushes published on this node.',
      labelNames: ['channel', 'kind'],
      registers,
    }),
    deliveries: new Counter({
      name: 'switchboard_deliveries_total',
      help: 'Pushes handed to sockets of this node: one push to a room of ten is ten.',
      labelNames: ['channel'],
      registers,
    }),
    replays: new Counter({
      name: 'switchboard_replays_total',
      help: 'Joins answered with the pushes since the position of the client.',
      labelNames: ['channel'],
      registers,
    }),
    replayedPushes: new Counter({
      name: 'switchboard_replayed_pushes_total',
      help: 'Pushes that those answers held.',
      labelNames: ['channel'],
      registers,
    }),
    stateLoads: new Counter({
      name: 'switchboard_state_loads_total',
      help: 'Joins answered with the state.',
      labelNames: ['channel'],
      registers,
    }),
    /** Outcome: `ok`, or the code of the refusal. */
    calls: new Counter({
      name: 'switchboard_calls_total',
      help: 'Calls answered, by outcome: ok, or the code of the refusal.',
      labelNames: ['channel', 'call', 'outcome'],
      registers,
    }),
    callSeconds: new Histogram({
      name: 'switchboard_call_seconds',
      help: 'Time from a call to its answer, waiting for its turn included.',
      labelNames: ['channel', 'call'],
      buckets: seconds,
      registers,
    }),
    logAppendBatchSize: new Histogram({
      name: 'switchboard_log_append_batch_size',
      help: 'Pushes written to the log by one statement.',
      buckets: sizes,
      registers,
    }),
    logAppendSeconds: new Histogram({
      name: 'switchboard_log_append_seconds',
      help: 'Time that statement took.',
      buckets: seconds,
      registers,
    }),
  }
}
