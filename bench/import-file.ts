import { makeOrderFile } from '#server/jobs/import/test-order-file'

/**
 * Writes a file of orders of the sample workshop, to be imported at /jobs; the same for the same seed and day.
 *
 *   npx tsx bench/import-file.ts [orders] [orders with an error] [seed] > orders.csv
 */
const [orders = 1_000, errors = 0, seed = 1] = process.argv.slice(2).map(Number)
process.stdout.write(makeOrderFile({ orders, errors, seed }).text)
