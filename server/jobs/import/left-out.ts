/** Which orders of a file are left out, by their place in it: one bit each. */
export class LeftOut {
  #bits: Uint8Array
  /** How many there are. */
  count = 0

  constructor(bits: Uint8Array = new Uint8Array(1024)) {
    this.#bits = Uint8Array.from(bits)
    for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) this.count += 1
  }

  add(nth: number): void {
    if (this.has(nth)) return
    const byte = nth >> 3
    if (byte >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2))
      grown.set(this.#bits)
      this.#bits = grown
    }
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (nth & 7))
    this.count += 1
  }

  has(nth: number): boolean {
    return ((this.#bits[nth >> 3] ?? 0) & (1 << (nth & 7))) !== 0
  }

  get bytes(): Uint8Array {
    return this.#bits
  }
}
