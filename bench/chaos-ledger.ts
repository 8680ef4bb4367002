import type { Pushed } from '#channels/wire'

/** What became of a post, as its sender knows it. What was not answered may have been stored, but never twice. */
export type Outcome = 'acknowledged' | 'unanswered' | 'refused'

/** A room as the database holds it in the end. */
export interface Stored {
  /** The number of the last push. */
  head: number
  /** The id of the message under each number, as far back as the log reaches. */
  log: Map<number, string>
  messages: Set<string>
}

export interface Verdict extends Record<Outcome, number> {
  received: number
  /** Acknowledged and not stored, or not seen by a reader. */
  lost: number
  /** Seen twice by a reader, or stored twice. */
  duplicated: number
  /** Seen after a later one. */
  reordered: number
  /** Seen and not stored so, or stored though refused. */
  invented: number
}

export function unharmed({ lost, duplicated, reordered, invented }: Verdict): boolean {
  return lost + duplicated + reordered + invented === 0
}

interface Reading {
  room: string
  /** The number before the first push it must see. */
  from: number
  seqs: number[]
}

/** The books of a run: what each post came to, and what each reader saw. */
export class Ledger {
  readonly sent: Record<Outcome, number> = { acknowledged: 0, unanswered: 0, refused: 0 }
  readonly #outcomes = new Map<string, Outcome>()
  readonly #readings: Reading[] = []
  /** By room, the message that was seen under each number. */
  readonly #seen = new Map<string, Map<number, string>>()
  #contradictions = 0

  enter(id: string, outcome: Outcome): void {
    const before = this.#outcomes.get(id)
    // The same message is sent again when it was not answered, and one answer is enough.
    if (before === 'acknowledged') return
    this.#outcomes.set(id, outcome)
    if (before) this.sent[before]--
    this.sent[outcome]++
  }

  /** A reader of a room, who is to see whatever comes after `from`. Hand it every stream push. */
  reader(room: string, from: number): (pushed: Pushed) => void {
    const seqs: number[] = []
    this.#readings.push({ room, from, seqs })
    const seen = this.#seen.get(room) ?? new Map<number, string>()
    this.#seen.set(room, seen)
    return ({ seq = 0, data }) => {
      // The room has parsed it by the contract, in which nothing but messages is numbered.
      const { id } = data as { id: string }
      seqs.push(seq)
      if (!seen.has(seq)) seen.set(seq, id)
      else if (seen.get(seq) !== id) this.#contradictions++
    }
  }

  get received(): number {
    return this.#readings.reduce((sum, { seqs }) => sum + seqs.length, 0)
  }

  judge(stored: Map<string, Stored>): Verdict {
    const verdict: Verdict = {
      ...this.sent,
      received: this.received,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      invented: this.#contradictions,
    }
    for (const { room, from, seqs } of this.#readings) {
      const head = stored.get(room)?.head ?? 0
      const different = new Set(seqs)
      verdict.duplicated += seqs.length - different.size
      for (let seq = from + 1; seq <= head; seq++) if (!different.has(seq)) verdict.lost++
      let last = from
      for (const seq of seqs) {
        if (seq < last) verdict.reordered++
        last = Math.max(last, seq)
      }
    }
    for (const [room, seen] of this.#seen) {
      const { log, messages } = stored.get(room) ?? { log: new Map(), messages: new Set() }
      const ids = new Set(seen.values())
      verdict.duplicated += seen.size - ids.size
      for (const [seq, id] of seen) if (!messages.has(id) || (log.get(seq) ?? id) !== id) verdict.invented++
      for (const id of messages) if (this.#outcomes.has(id) && !ids.has(id)) verdict.lost++
    }
    const kept = new Set([...stored.values()].flatMap(({ messages }) => [...messages]))
    for (const [id, outcome] of this.#outcomes) {
      if (outcome === 'acknowledged' && !kept.has(id)) verdict.lost++
      if (outcome === 'refused' && kept.has(id)) verdict.invented++
    }
    return verdict
  }
}
