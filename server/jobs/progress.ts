import { type JobProgress, jobChannel } from '#channels/job'
import { jobs } from '#channels/jobs'
import { container } from '#server/container'
import { type ClaimedJob, listsOf } from '#server/models/job-row'
import { withdraw } from '#server/realtime/publish'

/** From one telling to the next, in milliseconds. */
const tellEvery = 100
/** The rate is that of so many milliseconds before; until there are so many of them there is none. */
const rateOver = 5_000
const rateAfter = 500

/** How far a run is, on all screens that may see it: at most ten times a second, and the last always. */
export class Progress {
  done: number
  total: number | null
  #samples: { at: number; done: number }[] = []
  #timer: NodeJS.Timeout | undefined
  #changed = false
  #closed = false

  constructor(private readonly job: ClaimedJob) {
    this.done = job.done
    this.total = job.total
    this.#samples.push({ at: performance.now(), done: this.done })
  }

  set(done: number, total: number | null): void {
    this.done = done
    this.total = total
    if (this.#closed) return
    this.#changed = true
    if (!this.#timer) this.#tell()
  }

  /** Takes it off the screens, which from then on show what stands in the job's row. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    const { id } = this.job
    for (const room of listsOf(this.job)) withdraw(jobs, room, 'progressed', id)
    withdraw(jobChannel, id, 'progressed', id)
  }

  #tell(): void {
    this.#changed = false
    const { latest } = container()
    const { id } = this.job
    const told = this.#measure()
    for (const room of listsOf(this.job)) latest.put(jobs, room, 'progressed', told)
    latest.put(jobChannel, id, 'progressed', told)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#changed) this.#tell()
    }, tellEvery).unref()
  }

  #measure(): JobProgress {
    const { done, total } = this
    const now = performance.now()
    this.#samples.push({ at: now, done })
    this.#samples = this.#samples.filter(({ at }) => now - at <= rateOver)
    const first = this.#samples[0]
    const passed = first ? now - first.at : 0
    const rate = first && passed >= rateAfter ? Math.max(0, ((done - first.done) * 1_000) / passed) : null
    return { id: this.job.id, attempt: this.job.attempt, done, total, rate, at: Date.now() }
  }
}
