import { setTimeout as wait } from 'node:timers/promises'
import { vi } from 'vitest'
import type { ChannelContract } from '#channels/contract'
import { isRefusal } from '#server/refusal'
import type { TestServer, Visitor } from '#server/test-server'
import { CallRefused } from './call'
import type { Step } from './test-schedule'
import { Tab } from './test-tab'
import type { Caused, Trial } from './test-trial'

/** Counts over all runs, to see that something happened. */
export type Tally = Record<Step<unknown>['does'] | 'granted' | 'refused', number>

export interface Stage<C extends ChannelContract, Operation> {
  server: TestServer
  trial: Trial<C, Operation>
  visitors: Visitor[]
  tally: Tally
  lossy: boolean
  restWithin: number
}

/** The longest a timer can wait, in milliseconds. */
const never = 2 ** 31 - 1

/** One run of a trial: the tabs that are open, and what is under way. */
export class Run<C extends ChannelContract, Operation> {
  readonly tabs: Tab<C>[] = []
  readonly caused: Caused<C>[] = []
  readonly #underWay: Promise<void>[] = []

  constructor(
    private readonly stage: Stage<C, Operation>,
    private readonly number: number,
  ) {}

  async open(visitor: Visitor, placed: boolean): Promise<Tab<C>> {
    const { server, trial, lossy } = this.stage
    const { channel, fold } = trial
    const sayAliveEvery = lossy ? 500 : never
    const tab = await Tab.open({ server, visitor, channel, fold, sayAliveEvery })
    this.tabs.push(tab)
    for (const room of trial.rooms(tab.user, this.number)) tab.enter(room, await tab.paint(room, placed))
    return tab
  }

  async take(step: Step<Operation>): Promise<void> {
    this.stage.tally[step.does]++
    switch (step.does) {
      case 'operate':
        return this.#begin(this.#operate(pick(this.tabs, step.tab), step.operation))
      case 'cut':
        return pick(this.tabs, step.tab).cut(step.how)
      case 'hold':
        return this.#begin(pick(this.tabs, step.tab).hold(step.for))
      case 'wait':
        return wait(step.for)
      case 'return':
        return pick(this.tabs, step.tab).enterAgain(step)
      case 'open':
        await this.open(pick(this.stage.visitors, step.person), step.placed)
        return
      case 'restart':
        // An operation may be a model's, in this process, whose database is about to be closed.
        await this.operationsEnded()
        return this.stage.server.restart()
    }
  }

  async operationsEnded(): Promise<void> {
    const hurry = setInterval(() => this.#retryNow(), 20)
    await Promise.all(this.#underWay).finally(() => clearInterval(hurry))
  }

  /**
   * Waits until every tab has come as far as the server's counters: `head` gives that of a room, by its name. A tab that
   * is further has them read again: a call that was given up on its way may have come to the server since.
   */
  async atRest(head: (name: string) => number, readAgain: () => Promise<void>): Promise<void> {
    await vi.waitFor(
      async () => {
        this.#retryNow()
        const present = this.tabs.flatMap((tab) => tab.present.map(({ room }) => ({ tab, room })))
        const behind = present.filter(({ room }) => room.applied !== head(room.name))
        const lines = behind.map(
          ({ tab, room: { key, name, snapshot, applied } }) =>
            `${tab.user.name} is ${snapshot.status} in ${key} at ${applied} of ${head(name)}`,
        )
        if (behind.some(({ room }) => (room.applied ?? 0) > head(room.name))) await readAgain()
        if (lines.length > 0) throw new Error(`Not everybody got there: ${lines.join(', ')}`)
      },
      { timeout: this.stage.restWithin, interval: 10 },
    )
  }

  close(): void {
    for (const tab of this.tabs) tab.close()
  }

  /** Not awaited here: a failure is heard of by `operationsEnded`. */
  #begin(work: Promise<void>): void {
    work.catch(() => {})
    this.#underWay.push(work)
  }

  async #operate(tab: Tab<C>, operation: Operation): Promise<void> {
    const { trial, tally } = this.stage
    try {
      this.caused.push(...(await trial.operate(tab, operation)))
      tally.granted++
    } catch (error) {
      if (!(error instanceof CallRefused) && !isRefusal(error)) throw error
      tally.refused++
    }
  }

  #retryNow(): void {
    for (const { connection } of this.tabs) connection.retryNow()
  }
}

/** Counted round, so that what was drawn fits however many there are. */
function pick<One>(all: One[], number: number): One {
  const one = all[number % all.length]
  if (one === undefined) throw new Error('There is nobody to pick.')
  return one
}
