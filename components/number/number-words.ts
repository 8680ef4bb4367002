import type { NumberMode, Series } from '#channels/number'

export const modeWords: Record<NumberMode, { name: string; about: string }> = {
  fast: { name: 'Fast', about: 'Nobody waits for anybody. A number that is given back is lost.' },
  gapless: { name: 'Gapless', about: 'A number that is given back is handed out again, before any new one.' },
}

export function yearWords({ yearly }: Pick<Series, 'yearly'>): string {
  return yearly ? 'Begins with 1 each year.' : 'Goes on from year to year.'
}

/** `1:07`. */
export function clockWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
