export const box = { width: 88, height: 24, margin: 2 }

/** From the left edge to the right one, the lowest price at the bottom; a level line through the middle. */
export function pointsOf(prices: readonly number[]): string {
  if (prices.length < 2) return ''
  const [least, most] = [Math.min(...prices), Math.max(...prices)]
  const across = box.width / (prices.length - 1)
  const inner = box.height - 2 * box.margin
  return prices
    .map((price, index) => {
      const part = most === least ? 0.5 : (price - least) / (most - least)
      return `${round(index * across)},${round(box.margin + (1 - part) * inner)}`
    })
    .join(' ')
}

/** Whether the last price is no lower than the first. */
export function isRising(prices: readonly number[]): boolean {
  return (prices.at(-1) ?? 0) >= (prices[0] ?? 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
