import { z } from 'zod'
import { priceChange, repriceResult } from '#channels/job-result'
import { repriceInput } from '#channels/jobs'
import { transaction } from '#server/db/transaction'
import type { JobKindDefinition } from '#server/jobs/job-kind'
import {
  changePrice,
  clampPrice,
  countProducts,
  nextProduct,
  type PricedProduct,
  readDemand,
  restorePrices,
} from '#server/models/product-price'

/** How many lines of orders are read at once. */
const pageSize = 2_000
/** A stock that lasts so many days calls for no change; one that lasts for none, or twice as long, for the most. */
const wantedCover = 30
/** How many changes the result names. */
const changesNamed = 15

const cursor = z.object({
  asOf: z.int(),
  /** The number of the product that was done last. */
  after: z.string().nullable(),
  done: z.int(),
  /** With `version`, which the change made: a price that was changed again since is nobody's to take back. */
  changed: z.array(priceChange.extend({ id: z.uuid(), version: z.int() })),
})
type Change = z.infer<typeof cursor>['changed'][number]

/**
 * A new price for every product, from what was ordered of it lately and how long its stock lasts: what sells better
 * than before, or runs short, becomes dearer, and the other way about. Orders that were placed keep their price.
 */
export const repriceKind: JobKindDefinition<typeof repriceInput, typeof cursor, typeof repriceResult> = {
  kind: 'reprice',
  input: repriceInput,
  cursor,
  result: repriceResult,
  async run(run) {
    let at = run.cursor ?? { asOf: Date.now(), after: null, done: 0, changed: [] }
    run.progress(at.done, await countProducts())
    for (;;) {
      const product = await nextProduct(at.after)
      if (!product) break
      const change = await priceOf(product, new Date(at.asOf), run.input.most, run.signal)
      const done = at.done + 1
      await run.step(async (tx) => {
        // Somebody else's change of the same price, made in between, stands.
        const kept = change && (await changePrice(tx, product, change.after)) ? [change] : []
        at = { ...at, after: product.sku, done, changed: [...at.changed, ...kept] }
        return { cursor: at, done }
      })
    }
    const raised = at.changed.filter(({ before, after }) => after > before).length
    const lowered = at.changed.length - raised
    await run.say('info', `${raised} prices raised, ${lowered} lowered, ${at.done - raised - lowered} as they were.`)
    const byShare = [...at.changed].sort((one, other) => share(other) - share(one) || one.sku.localeCompare(other.sku))
    return { products: at.done, raised, lowered, largest: byShare.slice(0, changesNamed) }
  },
  async undo({ cursor: at, say }) {
    if (!at) return
    const restored = await transaction((tx) => restorePrices(tx, at.changed))
    await say('info', `${restored} of ${at.changed.length} changed prices are as they were before.`)
  },
}

/** Null when it stays as it is. */
async function priceOf(product: PricedProduct, asOf: Date, most: number, signal: AbortSignal): Promise<Change | null> {
  let [recent, earlier] = [0, 0]
  for (let after: string | null | undefined; after !== null && !signal.aborted; ) {
    const page = await readDemand(product.id, asOf, after ?? null, pageSize)
    recent += page.recent
    earlier += page.earlier
    after = page.next
  }
  const cover = recent === 0 ? null : (Math.max(0, product.stock) * 30) / recent
  const after = clampPrice(product.priceCents * (1 + (most / 100) * pressure({ recent, earlier, cover })))
  if (after === product.priceCents) return null
  const demand = earlier === 0 ? null : ((recent - earlier) / earlier) * 100
  const { id, sku, name, priceCents: before, version } = product
  return { id, sku, name, before, after, demand, cover, version: version + 1 }
}

/** From -1, the price should fall as far as it may, to 1: half of it is the demand, half the stock. */
export function pressure({
  recent,
  earlier,
  cover,
}: {
  recent: number
  earlier: number
  cover: number | null
}): number {
  const known = recent + earlier
  const demand = known === 0 ? 0 : (recent - earlier) / known
  const stock = cover === null ? -1 : Math.max(-1, Math.min(1, (wantedCover - cover) / wantedCover))
  return (demand + stock) / 2
}

function share({ before, after }: Change): number {
  return Math.abs(after - before) / before
}
