import type { Quote } from '#channels/ticker'

export const sortKeys = ['symbol', 'price', 'change'] as const
export interface Sort {
  by: (typeof sortKeys)[number]
  descending: boolean
}

/** The symbols that hold the text, in the order asked for; those that are equal in that of the alphabet. */
export function ordered(
  symbols: readonly string[],
  quoteOf: (symbol: string) => Quote | undefined,
  { by, descending }: Sort,
  filter: string,
): string[] {
  const wanted = filter.trim().toUpperCase()
  const sign = descending ? -1 : 1
  const value = (symbol: string) => (by === 'symbol' ? 0 : (quoteOf(symbol)?.[by] ?? 0))
  return symbols
    .filter((symbol) => symbol.includes(wanted))
    .sort((one, other) => {
      if (by === 'symbol') return sign * compare(one, other)
      return sign * (value(one) - value(other)) || compare(one, other)
    })
}

/** What pressing the head of a column does: figures begin with the highest, names with the first. */
export function sortedBy(by: Sort['by'], before: Sort): Sort {
  return before.by === by ? { by, descending: !before.descending } : { by, descending: by !== 'symbol' }
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
