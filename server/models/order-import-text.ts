import { refuse } from '#server/refusal'

const quote = 34
const newline = 10

/** Whether it is text that can be stored, and how many lines of it end outside of quotation marks. */
export class TextCheck {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  #lines = 0
  #quoted = false
  #last = newline

  read(piece: Uint8Array): void {
    if (piece.includes(0)) refuse('invalid', 'This is no text file. Save the table as CSV and send that.')
    this.#decode(piece)
    for (const byte of piece) {
      if (byte === quote) this.#quoted = !this.#quoted
      else if (byte === newline && !this.#quoted) this.#lines += 1
    }
    this.#last = piece.at(-1) ?? newline
  }

  /** How many rows there are under the first. */
  end(): number {
    this.#decode()
    const unfinished = this.#last === newline ? 0 : 1
    return Math.max(this.#lines + unfinished - 1, 0)
  }

  #decode(piece?: Uint8Array): void {
    try {
      this.#decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      refuse('invalid', 'The file is not in UTF-8. Save it as “CSV UTF-8” and send that.')
    }
  }
}
