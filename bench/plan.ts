import { parseArgs } from 'node:util'
import { effort as efforts } from '#channels/plan'
import { sampleCustomers, sampleProducts } from '#prisma/sample-workshop'
import type { Problem } from '#server/jobs/routing/problem'
import { search } from '#server/jobs/routing/search'
import { Random } from '#server/random'

/**
 * How good delivery plans are, and how long they take: for large orders like those of the demonstration, each by
 * every effort. Shown are means: crates' attempts, milliseconds, and the cost above the lower bound, of the savings
 * method and of what the search made of it, in per cent.
 *
 *   npm run bench -- bench/plan.ts --orders 8
 */
const { values } = parseArgs({
  options: { orders: { type: 'string', default: '8' }, seed: { type: 'string', default: '1' } },
})
const random = new Random(Number(values.seed))

function largeOrder(): Problem {
  const customer = random.pick(sampleCustomers.filter(({ sites }) => sites.length > 1))
  const sites = customer.sites.map((site, nth) => ({ ...site, id: `${nth}` }))
  const lines = Array.from({ length: random.between(24, 36) }, (_, nth) => {
    const { name, weightGrams, priceCents } = random.pick(sampleProducts)
    const quantity = random.between(1, 12) * (priceCents > 3_000 ? 1 : 10)
    return { line: nth + 1, product: name, weightGrams, quantity, siteId: random.pick(sites).id }
  })
  return { sites, lines }
}

function planned(problem: Problem, effort: (typeof efforts.options)[number]) {
  const began = performance.now()
  const searching = search(problem, effort)
  let step = searching.next()
  while (!step.done) step = searching.next()
  return { ...step.value, took: performance.now() - began }
}

const orders = Array.from({ length: Number(values.orders) }, largeOrder)
for (const effort of efforts.options) {
  const plans = orders.map((order) => planned(order, effort))
  const mean = (of: (plan: (typeof plans)[number]) => number) =>
    plans.reduce((sum, plan) => sum + of(plan), 0) / plans.length
  const above = (cents: number, bound: number) => (100 * (cents - bound)) / bound
  process.stdout.write(
    `${effort.padEnd(10)} ${mean(({ attempts }) => attempts)
      .toFixed(0)
      .padStart(9)} attempts ` +
      `${mean(({ took }) => took)
        .toFixed(0)
        .padStart(6)} ms  ${mean(({ tours }) => tours.length).toFixed(1)} tours  ` +
      `savings +${mean(({ startCents, boundCents }) => above(startCents, boundCents)).toFixed(1)} %  ` +
      `plan +${mean(({ cents, boundCents }) => above(cents, boundCents)).toFixed(2)} %\n`,
  )
}
