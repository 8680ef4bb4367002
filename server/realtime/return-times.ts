/** As many as a node lets in beside its other work: each return costs a handshake and its joins (bench/restart.ts). */
const returnsPerSecond = 500
/** How long the first return waits for the closing itself, and the longest any client is sent away for: in milliseconds. */
const first = 300
const longest = 30_000

/**
 * When that many clients of a node that closes should come back, in milliseconds from then: as evenly as chance is
 * even, each somewhere in a part of the time that is its own, so that no second has many more of them than another.
 */
export function returnTimes(clients: number): number[] {
  const part = Math.min(1_000 / returnsPerSecond, (longest - first) / clients)
  return Array.from({ length: clients }, (_, index) => Math.round(first + part * (index + Math.random())))
}
