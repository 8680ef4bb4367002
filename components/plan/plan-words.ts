import type { Effort, Tour } from '#channels/plan'
import { figure } from '#components/ui/figures.ts'

export const effortWords: Record<Effort, string> = { quick: 'Quick', thorough: 'Thorough', exhaustive: 'Exhaustive' }

export const vanWords = { small: 'Small van', large: 'Large van' }

const tenths = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

export const inKilometres = (km: number): string => `${figure(km)} km`

/** Light loads are not nothing. */
export function inKilograms(grams: number): string {
  return `${grams < 10_000 ? tenths.format(grams / 1_000) : figure(grams / 1_000)} kg`
}

export function inHours(minutes: number): string {
  const all = Math.round(minutes)
  return all < 60 ? `${all} min` : `${Math.floor(all / 60)} h ${all % 60} min`
}

export function inSeconds(milliseconds: number): string {
  return `${tenths.format(milliseconds / 1_000)} s`
}

/** How many pieces a tour brings, and of how many lines. */
export function loadWords({ stops }: Tour): string {
  const loads = stops.flatMap((stop) => stop.loads)
  const lines = new Set(loads.map(({ line }) => line)).size
  const pieces = loads.reduce((sum, load) => sum + load.pieces, 0)
  return `${figure(pieces)} ${pieces === 1 ? 'piece' : 'pieces'} of ${lines} ${lines === 1 ? 'line' : 'lines'}`
}
