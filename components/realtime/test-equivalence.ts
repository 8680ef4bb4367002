import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, vi } from 'vitest'
import { type ChannelContract, roomKey } from '#channels/contract'
import type { TestServer } from '#server/test-server'
import { callsEnded } from './test-faults'
import { Run, type Stage, type Tally } from './test-run'
import { type Step, schedules } from './test-schedule'
import type { Tab } from './test-tab'
import type { Trial } from './test-trial'
import { expectEachOnce, expectLogged, type Log, readLog } from './test-verdict'

const noLog: Log = { head: 0, entries: new Map(), kept: (data) => data }

interface Options {
  runs?: number
  /** Pushes are lost on purpose: tabs may ask again for what they miss, and say `alive` often. Else they must not have to. */
  lossy?: boolean
  /** How long the tabs may take to come to rest, in milliseconds. */
  restWithin?: number
}

/**
 * Random operations by several people in several tabs, with random cuts, delays and restarts: afterwards every
 * tab must hold what is loaded afresh, and have seen every push exactly once and in order. What is drawn repeats
 * with `SEED=<seed>`, or from a later run on with `SEED=<seed>,<path>`, both printed; how the server and the lines
 * interleave with it does not. (The idea is that of Zulip's tests that events and fetch agree.)
 */
export async function expectEquivalence<C extends ChannelContract, Operation>(
  server: TestServer,
  trial: Trial<C, Operation>,
  { runs = 8, lossy = false, restWithin = 10_000 }: Options = {},
): Promise<Tally> {
  const [seed = randomInt(2 ** 31), path] = process.env.SEED?.split(',') ?? []
  process.stdout.write(`${trial.channel.name}: SEED=${seed}\n`)
  const visitors = await Promise.all(trial.people.map((name) => server.signIn(name)))
  const tally = { granted: 0, refused: 0, operate: 0, cut: 0, hold: 0, wait: 0, return: 0, open: 0, restart: 0 }
  const stage = { server, trial, visitors, tally, lossy, restWithin }
  let number = 0
  const property = fc.asyncProperty(schedules(trial.operations), (steps) => oneRun(stage, number++, steps))
  // Run as drawn and no smaller: a shorter schedule is another race.
  const parameters = { seed: Number(seed), path, numRuns: runs, endOnFailure: true, includeErrorInReport: true }
  await fc.assert(property, parameters)
  process.stdout.write(`${trial.channel.name}: ${JSON.stringify(tally)}\n`)
  return tally
}

async function oneRun<C extends ChannelContract, Operation>(
  stage: Stage<C, Operation>,
  number: number,
  steps: Step<Operation>[],
): Promise<void> {
  await stage.trial.prepare?.(number)
  const run = new Run(stage, number)
  try {
    for (const visitor of stage.visitors) await run.open(visitor, true)
    for (const step of steps) await run.take(step)
    await run.operationsEnded()
    await callsEnded()
    await stage.trial.ended?.()
    await judge(stage, run)
  } finally {
    run.close()
  }
}

/** Compares every tab with the server's log and, once all is quiet, with a tab that loads everything afresh. */
async function judge<C extends ChannelContract, Operation>(
  { trial: { channel, kept, settle, shared = (state) => state }, visitors, lossy, restWithin }: Stage<C, Operation>,
  run: Run<C, Operation>,
): Promise<void> {
  const tabs = [...run.tabs]
  const names = new Set(tabs.flatMap(({ visits }) => visits.map(({ room }) => room.name)))
  const logs = new Map<string, Log>()
  const read = async () => {
    for (const name of names) logs.set(name, await readLog(channel, roomKey(channel, name), kept))
  }
  await read()
  const logOf = (name: string) => logs.get(name) ?? noLog
  const fresh = new Map<string, Tab<C>>()
  for (const visitor of visitors) fresh.set(visitor.session.user.id, await run.open(visitor, false))
  await run.atRest((name) => logOf(name).head, read)
  for (const tab of tabs) await settle?.(tab)

  for (const { user, visits, present, mended } of tabs) {
    if (!lossy) expect(mended, `${user.name} had to ask again for what was missing`).toBe(0)
    for (const visit of visits) expectEachOnce(`${user.name} in ${visit.room.key}`, visit, logOf(visit.room.name))
    for (const { room } of present) {
      const { state } = room.snapshot
      const afresh = fresh.get(user.id)?.room(room.name) ?? room
      const loaded = afresh.snapshot.state
      const differs = `what ${user.name} holds of ${room.key} is not what is loaded afresh`
      expect(shared(state, loaded), differs).toEqual(shared(loaded, loaded))
      // The newest values have no number by which to know that they are there.
      const newest = () => expect(room.snapshot.latest, `${differs}: its newest values`).toEqual(afresh.snapshot.latest)
      await vi.waitFor(newest, { timeout: restWithin, interval: 10 })
    }
  }
  for (const { room, ...promised } of run.caused) expectLogged(logOf(room), promised)
}
