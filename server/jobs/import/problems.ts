import { mostProblems, type Problem } from '#channels/order-import'
import type { RowProblem } from './order-check'

/** What is wrong, numbered within each row, and of a very long list the beginning. */
export class FoundProblems {
  count = 0
  readonly unwritten: Problem[] = []

  /** All of one order: no other has the same rows. */
  add(problems: RowProblem[]): void {
    const numbers = new Map<number, number>()
    for (const problem of problems) {
      this.count += 1
      if (this.count > mostProblems) continue
      const number = (numbers.get(problem.row) ?? 0) + 1
      numbers.set(problem.row, number)
      this.unwritten.push({ ...problem, number })
    }
  }

  /** So many of those that are still to be written. */
  take(most: number): Problem[] {
    return this.unwritten.splice(0, most)
  }

  /** When no more will come: says how many there are, if not all are kept. */
  close(): void {
    if (this.count <= mostProblems) return
    const [all, kept] = [this.count, mostProblems].map((count) => count.toLocaleString('en'))
    const message = `There are ${all} problems. The first ${kept} of them are listed.`
    this.unwritten.push({ row: 0, number: 1, column: null, value: null, message })
  }
}
