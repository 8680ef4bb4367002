import { type Output, type Sales, type Scope, type Stock, scope } from '#channels/dashboard'
import { lineWords } from '#components/order/order-words.ts'
import { figure } from '#components/ui/figures.ts'

const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })
const shortEuros = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'EUR',
  notation: 'compact',
  maximumFractionDigits: 1,
})
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

export const scopeWords: Record<Scope, string> = { all: 'All lines', ...lineWords }
export const scopes = scope.options.map((value) => ({ value, label: scopeWords[value] }))

/** For an axis. */
export const shortFigure = (value: number): string => short.format(value)
/** Cents as whole euros. */
export const wholeMoney = (cents: number): string => euros.format(cents / 100)
export const shortMoney = (cents: number): string => shortEuros.format(cents / 100)
/** In the time zone of the person: for what is drawn in the browser alone. */
export const timeOfDay = (at: number): string => clock.format(at)

/** `3 orders`, `1 order`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`
}

/** How a figure of today compares with yesterday's, in words; null when there is nothing to compare with. */
export function comparison(today: number, before: number): { words: string; better: boolean | null } | null {
  if (before === 0) return null
  const times = today / before
  if (times >= 3) return { words: `${figure(Math.floor(times))} times yesterday’s by now`, better: true }
  const percent = Math.round((times - 1) * 100)
  if (percent === 0) return { words: 'as much as yesterday by now', better: null }
  return {
    words: `${figure(Math.abs(percent))} % ${percent > 0 ? 'more' : 'less'} than yesterday by now`,
    better: percent > 0,
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
export const minute = 60_000

/** What the chart of sales shows now. */
export function salesSentence({ from, orders, cents }: Sales, time = timeOfDay): string {
  const most = Math.max(...orders)
  if (most === 0) return 'No orders in the last hour.'
  const at = time(from + orders.lastIndexOf(most) * minute)
  return `${counted(sum(orders), 'order')} for ${wholeMoney(sum(cents))} in the last hour. The busiest minute was ${at}, with ${figure(most)}.`
}

export function outputSentence({ lines }: Output): string {
  const all = lines
    .map(({ line, pieces }) => ({ line, made: sum(pieces) }))
    .toSorted((one, other) => other.made - one.made)
  const [most] = all
  const total = sum(all.map(({ made }) => made))
  if (!most || total === 0) return 'Nothing was made in the last hour.'
  const words = `${counted(total, 'piece')} in the last hour`
  return all.length === 1
    ? `${words}.`
    : `${words}, most of them ${lineWords[most.line].toLowerCase()} with ${figure(most.made)}.`
}

export function stockSentence(stock: Stock): string {
  const { of, levels } = stock
  const below = levels.filter(({ stock, minimum }) => stock < minimum).length
  const what = of === 'lines' ? ['line', 'lines'] : ['product', 'products']
  const more = of === 'products' && stock.more > 0 ? ` ${counted(stock.more, 'other')} have more.` : ''
  if (levels.length === 0) return 'There are no products.'
  if (below === 0) return `${of === 'lines' ? 'Every line' : 'Every product'} is above its minimum.${more}`
  return `${figure(below)} of ${counted(levels.length, what[0] ?? '', what[1])} ${below === 1 ? 'is' : 'are'} below ${below === 1 ? 'its' : 'their'} minimum.${more}`
}
