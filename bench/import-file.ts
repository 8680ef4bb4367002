import { makeOrderFile } from '#server/jobs/import/test-order-file'
import { givenNumbers } from './given-numbers'

/**
 * Writes a file of orders of the sample workshop, to be imported at /jobs; the same for the same seed and day.
 *
 *   npx tsx bench/import-file.ts [orders] [orders with an error] [seed] > orders.csv
 */
const { orders, errors, seed } = givenNumbers({ orders: 1_000, errors: 0, seed: 1 })
process.stdout.write(makeOrderFile({ orders, errors, seed }).text)
