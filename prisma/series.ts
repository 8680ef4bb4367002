import type { NewSeries } from '#server/models/number-series'

/** What every installation numbers its papers by, from its first start. */
export const firstSeries: NewSeries[] = [
  { key: 'order', title: 'Work orders', prefix: 'WO-{year}-', padding: 5, yearly: true, mode: 'fast' },
  { key: 'delivery', title: 'Delivery notes', prefix: 'DN-', padding: 6, yearly: false, mode: 'fast' },
  { key: 'invoice', title: 'Invoices', prefix: 'IN{year}/', padding: 4, yearly: true, mode: 'gapless' },
  { key: 'credit', title: 'Credit notes', prefix: 'CN{year}/', padding: 4, yearly: true, mode: 'gapless' },
]
