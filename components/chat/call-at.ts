/** An `@` and what is written of a name after it, from the place of the `@` to the caret. */
export interface Call {
  start: number
  name: string
}

const begun = /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}_.-]{0,30})$/u

/** The call that ends where the caret is. `ben@example` is none. */
export function callAt(text: string, caret: number): Call | undefined {
  const match = text.slice(0, caret).match(begun)
  return match?.index === undefined ? undefined : { start: match.index, name: match[1] ?? '' }
}
