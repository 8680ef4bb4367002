import { type Rate, rates } from '#channels/ticker'

/** What becomes of the strip in the shell. */
export const stripChoices = ['running', 'paused', 'hidden'] as const
export type StripChoice = (typeof stripChoices)[number]

export const rateCookie = 'ticker-rate'
/** Several people may use one browser. */
export const stripCookie = (userId: string) => `ticker-strip-${userId}`

/** Of a cookie, which may hold anything. */
export function rateOf(value: string | undefined): Rate {
  return rates.find((rate) => `${rate}` === value) ?? 10
}

export function stripChoiceOf(value: string | undefined): StripChoice {
  return stripChoices.find((choice) => choice === value) ?? 'running'
}

/** In a cookie, so that the server paints what was chosen and nothing jumps when the page comes alive. */
export function remember(name: string, value: string | number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`
}
