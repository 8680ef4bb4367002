const prices = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const changes = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
})
const wholes = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

export const priceWords = (price: number) => prices.format(price)
/** With its sign: `+1.20%`, `−0.35%`, `0.00%`. */
export const changeWords = (change: number) => `${changes.format(change).replace('-', '−')}%`
export const wholeWords = (count: number) => wholes.format(count)

export type Direction = 'up' | 'down' | 'level'

export function directionOf(change: number): Direction {
  return change > 0 ? 'up' : change < 0 ? 'down' : 'level'
}
