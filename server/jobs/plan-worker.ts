import { parentPort, workerData } from 'node:worker_threads'
import type { Delivery, Effort } from '#channels/plan'
import type { Problem } from './routing/problem'
import { type Found, search } from './routing/search'

/** What a worker is given. */
export interface PlanWork {
  problem: Problem
  effort: Effort
}

/** What it tells: how far it is, at most ten times a second, and in the end its result. */
export type PlanWord = { found: Found } | { delivery: Delivery }

/** In milliseconds. */
const tellEvery = 100

const { problem, effort }: PlanWork = workerData
const began = performance.now()
const tell = (word: PlanWord) => parentPort?.postMessage(word)

let told = Number.NEGATIVE_INFINITY
const searching = search(problem, effort)
for (let step = searching.next(); ; step = searching.next()) {
  if (step.done) {
    tell({ delivery: { ...step.value, took: performance.now() - began } })
    break
  }
  const now = performance.now()
  if (now - told < tellEvery) continue
  tell({ found: step.value })
  told = now
}
