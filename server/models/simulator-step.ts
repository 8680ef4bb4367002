import type { Simulator } from '#channels/dashboard'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { freeLock, renewLock, takeLock } from '#server/models/busy-lock'
import { takeNumbers } from '#server/models/number-series'
import { placeOrders } from '#server/models/order-place'
import { findShort, type Made, produce, takeTasks } from '#server/models/production'
import { type Catalogue, drawArrivals, drawOrders } from '#server/models/simulator-orders'
import { Random } from '#server/random'

type Run = NonNullable<Simulator['run']>

const lock = 'simulator'
/** How much more is made than ordered, so that the backlog shrinks slowly. */
const diligence = 1.05
/** How likely, within a second, something is made for a product that is short, and how many pieces at most. */
const refill = 0.3
const refillPieces = 60

/** The right to simulate, which one node has at a time; null when another one has it. */
export async function takeSimulator(): Promise<string | null> {
  const taken = await takeLock(container().database.prisma, lock, null)
  return 'token' in taken ? taken.token : null
}

export async function freeSimulator(token: string): Promise<void> {
  await freeLock(container().database.prisma, lock, token)
}

/**
 * What happens in the workshop within so many seconds: orders come in, others are begun or done, what is short is
 * made. All of it is committed together, and only while the right to do so is ours: false when it is not. What is
 * drawn repeats with the run and the second of it, `now` (milliseconds since 1970).
 */
export async function simulate(
  token: string,
  { since, speed }: Run,
  catalogue: Catalogue,
  { now, seconds }: { now: number; seconds: number },
): Promise<boolean> {
  // It holds for as long as a transaction may take.
  if (!(await renewLock(lock, token))) return false
  const random = new Random(Math.floor(since + (now - since) / 1_000))
  const expected = (speed / 60) * seconds
  const arrivals = drawArrivals(random, expected)
  // Not within the transaction: nobody else who needs a number should wait for that.
  const numbers = arrivals > 0 ? await takeNumbers('order', arrivals) : []
  await transaction(async (tx) => {
    if (numbers.length > 0) await placeOrders(tx, drawOrders(random, catalogue, numbers, now))
    const [done, begun] = [drawArrivals(random, expected * diligence), drawArrivals(random, expected * diligence)]
    const tasks = [
      ...(done > 0 ? await takeTasks(tx, 'producing', done) : []),
      ...(begun > 0 ? await takeTasks(tx, 'open', begun) : []),
    ]
    const short = random.next() < refill * seconds ? await findShort(tx, 1) : []
    const extra = short.map(
      ({ productId, lacks }): Made => ({
        productId,
        lineId: null,
        quantity: Math.min(lacks, random.between(1, refillPieces)),
      }),
    )
    await produce(tx, tasks, extra)
  })
  return true
}
