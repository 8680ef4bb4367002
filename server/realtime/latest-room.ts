import type { Pushed } from '#channels/wire'
import { Conflation } from './conflation'
import { type LatestValue, LatestValues, nameOf } from './latest-values'

/** Where the changes of a room leave, several at a time, and each way no more often than the room's pace. */
export interface Ways {
  toMembers(pushes: Pushed[]): void
  /** What was published on this node alone: the others tell each other. */
  toNodes(values: LatestValue[]): void
}

/** One room of the board: its values, and those changes that have yet to leave. */
export class LatestRoom {
  readonly #values = new LatestValues()
  readonly #toMembers: Conflation<LatestValue>
  readonly #toNodes: Conflation<LatestValue>
  #changedAt = Date.now()

  /** `pace` is how many times a second at most. */
  constructor(
    { toMembers, toNodes }: Ways,
    readonly pace: number,
  ) {
    this.#toMembers = new Conflation((values) => toMembers(values.map(({ pushed }) => pushed)), pace)
    this.#toNodes = new Conflation(toNodes, pace)
  }

  /** Of this moment. */
  get pushes(): Pushed[] {
    return this.#values.held.map(({ pushed }) => pushed)
  }

  /** All values and the withdrawals of late. */
  get all(): LatestValue[] {
    return [...this.#values.held, ...this.#values.withdrawn]
  }

  get owners(): string[] {
    return this.#values.held.map(({ owner }) => owner)
  }

  ownedBy(node: string): { push: string; key: string }[] {
    return this.#values.held.filter(({ owner }) => owner === node).map(({ pushed }) => pushed)
  }

  isFullFor(push: string, key: string): boolean {
    return this.#values.isFullFor(nameOf(push, key))
  }

  /** What is published or withdrawn on this node. */
  publish(value: LatestValue): void {
    const name = nameOf(value.pushed.push, value.pushed.key)
    this.#take(name, value)
    this.#toNodes.add(name, value)
  }

  /** A withdrawal of what there is not is passed over. */
  withdraw(value: LatestValue): void {
    if (this.#values.has(nameOf(value.pushed.push, value.pushed.key))) this.publish(value)
  }

  /** What another node has published. What is not the newest is passed over, and so is what has no place here. */
  merge(values: LatestValue[]): void {
    for (const value of values) {
      const name = nameOf(value.pushed.push, value.pushed.key)
      if (!this.#values.isFullFor(name)) this.#take(name, value)
    }
  }

  forgetBefore(at: number): void {
    this.#values.forgetBefore(at)
  }

  /** Whether nothing has changed since that moment, in milliseconds since 1970. */
  quietSince(at: number): boolean {
    return this.#changedAt < at
  }

  #take(name: string, value: LatestValue): void {
    if (!this.#values.take(name, value)) return
    this.#changedAt = Date.now()
    this.#toMembers.add(name, value)
  }
}
