import { announceDue } from '#server/models/broadcast'
import { resumeGames } from '#server/models/game-downtime'
import { watchGames } from '#server/models/game-watch'
import { sweepUploads } from '#server/models/job-file'
import { returnExpired } from '#server/models/number-expiry'
import { sweepPlans } from '#server/models/order-plan-run'
import { DashboardBoard } from './dashboard-board'
import { Due } from './due'
import { jobKinds } from './kinds/all'
import { PlanRuns } from './plan-runs'
import type { JobKinds } from './run'
import { JobRunner } from './runner'
import { Simulator } from './simulator'

/** What this node does by itself, beside answering: one entry each. */
export interface Work {
  /** What the dashboard shows, while somebody looks. */
  dashboard: DashboardBoard
  simulator: Simulator
  /** Broadcasts that are planned. */
  broadcasts: Due
  /** Long jobs: their queue, and the runs on this node. */
  jobs: JobRunner
  /** Files that were uploaded by half. */
  uploads: Due
  /** Delivery plans that are calculated on this node. */
  plans: PlanRuns
  /** Calculations whose node has gone. */
  lostPlans: Due
  /** Numbers that are held, and go back when nobody confirms them. */
  numbers: Due
  /** Games under way: clocks that run out, and seats whose player has gone. */
  games: Due
}

/** Idle, for the container; `startWork` sets it going. `kinds` are the jobs this node can do, by default all. */
export function createWork(kinds: JobKinds = jobKinds): Work {
  return {
    jobs: new JobRunner(kinds),
    dashboard: new DashboardBoard(),
    simulator: new Simulator(),
    broadcasts: new Due('planned broadcasts', announceDue),
    uploads: new Due('uploads by half', sweepUploads),
    plans: new PlanRuns(),
    lostPlans: new Due('lost calculations', sweepPlans),
    numbers: new Due('held numbers', returnExpired),
    games: new Due('games under way', watchGames),
  }
}

/** Once the container is filled and the server may be told things. */
export async function startWork(work: Work): Promise<void> {
  work.broadcasts.start()
  await work.jobs.start()
  work.simulator.start()
  work.uploads.start()
  work.plans.start()
  work.lostPlans.start()
  work.numbers.start()
  // Before anyone can move: the time this server was away is on nobody's clock.
  await resumeGames()
  work.games.start()
}

/** Resolves when nothing is under way any more. */
export async function stopWork(work: Work): Promise<void> {
  await Promise.all([
    work.broadcasts.stop(),
    work.jobs.stop(),
    work.simulator.stop(),
    work.uploads.stop(),
    work.plans.stop(),
    work.lostPlans.stop(),
    work.numbers.stop(),
    work.games.stop(),
  ])
}
