import type { z } from 'zod'
import type { JobKind } from '#channels/job'
import { container } from '#server/container'
import { type Ending, endRun } from '#server/models/job-end'
import { handBack } from '#server/models/job-recover'
import type { ClaimedJob } from '#server/models/job-row'
import { noteFailure, RunOver, renewRuns, sayInRun, takeStep } from '#server/models/job-run'
import { isRefusal } from '#server/refusal'
import type { JobKindDefinition, JobRun } from './job-kind'
import { Progress } from './progress'

export type AnyJobKind = JobKindDefinition<z.ZodType, z.ZodType, z.ZodType>
/** By name; what this server does not know it lets fail. */
export type JobKinds = Partial<Record<JobKind, AnyJobKind>>

/** Why a run is to stop before its end: `over` when another one has taken its place. */
export type StopReason = 'cancelled' | 'closing' | 'over'

/** Whether what a job has done is taken back when it is cancelled or fails; else it stays, for a retry to go on from. */
export function takesBack(kind: AnyJobKind, { input, cursor }: { input: unknown; cursor: unknown }): boolean {
  return kind.undo !== undefined && cursor !== null && !kind.keeps?.(kind.input.parse(input))
}

/** One run of a job on this node, from its start to whatever becomes of it. */
export class Run {
  readonly #stop = new AbortController()
  readonly #progress: Progress
  #cursor: unknown

  constructor(
    readonly job: ClaimedJob,
    private readonly kind: AnyJobKind,
  ) {
    this.#progress = new Progress(job)
    this.#cursor = job.cursor
  }

  /** Has it stop at its next step; the first reason counts. */
  stop(reason: StopReason): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(reason)
  }

  /** Resolves when it has ended. Rejects when that could not be written: then it is taken for dead, and goes on later. */
  async carryOut(): Promise<void> {
    try {
      await this.#carryOut()
    } finally {
      this.#progress.close()
    }
  }

  async #carryOut(): Promise<void> {
    const { job, kind } = this
    // An earlier run has come no further than to stop.
    if (job.cancelledAt) return this.#cancel()
    if (job.failure !== null) return this.#fail(job.failure)
    let ending: Ending
    try {
      const result = kind.result.parse(await kind.run(this.#handed()))
      const { done, total } = this.#progress
      ending = { state: 'done', result, done, total: total ?? done }
    } catch (error) {
      return this.#stopped(error)
    }
    if (!(await endRun(job, ending))) await this.#stopped(new RunOver('The run is over.'))
  }

  /** What a kind is given. */
  #handed(): JobRun<unknown, unknown> {
    const { job, kind } = this
    const { signal } = this.#stop
    return {
      jobId: job.id,
      ownerId: job.owner.id,
      input: kind.input.parse(job.input),
      cursor: this.#parsedCursor(),
      signal,
      progress: (done, total) => this.#progress.set(done, total),
      say: (level, text) => sayInRun(job, level, text),
      step: async (work) => {
        if (signal.aborted) throw new RunOver('The run is over.')
        const { cursor, done } = await takeStep(job, async (tx) => ({
          ...(await work(tx)),
          total: this.#progress.total,
        }))
        this.#cursor = cursor
        this.#progress.set(done, this.#progress.total)
      },
    }
  }

  /** It has not come to its end: why, and what now? */
  async #stopped(error: unknown): Promise<void> {
    const reason = await this.#reason(error)
    if (reason === 'over') return
    if (reason === 'closing') return handBack(this.job)
    if (reason === 'cancelled') return this.#cancel()
    if (!isRefusal(error)) container().log.error({ err: error, job: this.job.id }, 'a job failed')
    const words = isRefusal(error) ? error.message : 'Something went wrong on the server; its log says what.'
    await noteFailure(this.job, words)
    await this.#fail(words)
  }

  /** Undefined when nobody wanted it to stop: it failed. */
  async #reason(error: unknown): Promise<StopReason | undefined> {
    const reason: StopReason | undefined = this.#stop.signal.reason
    if (reason || !(error instanceof RunOver)) return reason
    // The step found out before this node was told.
    const { cancelled } = await renewRuns([this.job.runId])
    return cancelled.length > 0 ? 'cancelled' : 'over'
  }

  async #cancel(): Promise<void> {
    const taken = await this.#takeBack()
    const failure = 'It was cancelled, but what it had done could not be taken back.'
    await endRun(this.job, taken === 'not' ? { state: 'failed', failure, taken } : { state: 'cancelled', taken })
  }

  async #fail(failure: string): Promise<void> {
    await endRun(this.job, { state: 'failed', failure, taken: await this.#takeBack() })
  }

  async #takeBack(): Promise<'back' | 'not' | 'stays'> {
    const { job, kind } = this
    if (!takesBack(kind, { input: job.input, cursor: this.#cursor })) return 'stays'
    try {
      const say: JobRun<unknown, unknown>['say'] = (level, text) => sayInRun(job, level, text)
      await kind.undo?.({ jobId: job.id, input: kind.input.parse(job.input), cursor: this.#parsedCursor(), say })
      return 'back'
    } catch (error) {
      container().log.error({ err: error, job: job.id }, 'what a job had done could not be taken back')
      return 'not'
    }
  }

  #parsedCursor(): unknown {
    return this.#cursor === null ? null : this.kind.cursor.parse(this.#cursor)
  }
}
