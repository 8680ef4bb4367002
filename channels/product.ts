import { z } from 'zod'

/** The lines of the workshop, which are also its lines of production. */
export const productLine = z.enum(['brackets', 'frames', 'rails', 'panels', 'fittings', 'cases'])
export type ProductLine = z.infer<typeof productLine>

/** What is made. `priceCents` is the price of one piece now, whatever was agreed before. */
export const product = z.object({
  id: z.uuid(),
  sku: z.string(),
  name: z.string(),
  line: productLine,
  priceCents: z.int().nonnegative(),
})
export type Product = z.infer<typeof product>
