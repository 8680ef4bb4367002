import type fc from 'fast-check'
import type { ChannelContract, PushData, StateOf, StreamName } from '#channels/contract'
import type { Pushed } from '#channels/wire'
import type { Fold } from './fold'
import type { Tab } from './test-tab'

/** A push that an operation must have caused once it is acknowledged. */
export type Caused<C extends ChannelContract> = {
  [P in StreamName<C>]: { room: string; push: P; data: PushData<C, P> }
}[StreamName<C>]

/** What is to be known of a channel to put it to the test. */
export interface Trial<C extends ChannelContract, Operation> {
  channel: C
  fold: Fold<C>
  /** Names of the demonstration's people: who takes part, each with a tab from the beginning. */
  people: string[]
  /** The rooms a person's tabs show. Runs are counted from 0. */
  rooms(user: Tab<C>['user'], run: number): string[]
  /** Before the first tab of a run is opened. */
  prepare?(run: number): Promise<void>
  operations: fc.Arbitrary<Operation>
  /**
   * Carries out what was drawn, as the person of the tab. It may be refused, and may find nothing to do. Rooms are
   * called before anything is awaited: the tab may leave them meanwhile.
   */
  operate(tab: Tab<C>, operation: Operation): Promise<Caused<C>[]>
  /** Once every operation is answered or given up: waits for what the server still does because of them. */
  ended?(): Promise<void>
  /** Once all is quiet: has the tab fetch what its pushes only named, as its screen would by itself. */
  settle?(tab: Tab<C>): Promise<void>
  /** The data of a push as the log keeps it, once something was redacted that later entries tell of; by default as it was. */
  kept?(data: unknown, entries: Pushed[]): unknown
  /** What of a state must be the same in one loaded `afresh`; by default all of it. */
  shared?(state: StateOf<C>, afresh: StateOf<C>): unknown
}
