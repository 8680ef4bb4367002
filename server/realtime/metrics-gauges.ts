import { Gauge, type Registry } from 'prom-client'
import type { ConnectionRegistry } from './registry'

/** What stands at the moment it is asked for, counted only then: who is connected, and what waits for them. */
export function createGauges(register: Registry, connections: ConnectionRegistry): void {
  const registers = [register]
  new Gauge({
    name: 'switchboard_sockets',
    help: 'Sockets open on this node, by path.',
    labelNames: ['path'],
    registers,
    collect() {
      this.reset()
      for (const { path } of connections.own()) this.inc({ path })
    },
  })
  new Gauge({
    name: 'switchboard_rooms',
    help: 'Rooms with a member on this node.',
    registers,
    collect() {
      this.set(new Set([...connections.own()].flatMap(({ rooms }) => rooms)).size)
    },
  })
  new Gauge({
    name: 'switchboard_waiting_bytes',
    help: 'Bytes that wait to be sent: of all sockets together (sum), and of the slowest (max).',
    labelNames: ['over'],
    registers,
    collect() {
      const waiting = [...connections.own()].map(({ waitingBytes }) => waitingBytes?.() ?? 0)
      this.set(
        { over: 'sum' },
        waiting.reduce((sum, bytes) => sum + bytes, 0),
      )
      this.set(
        { over: 'max' },
        waiting.reduce((most, bytes) => Math.max(most, bytes), 0),
      )
    },
  })
}
