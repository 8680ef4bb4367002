import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { until } from '#server/test-wait'
import type { AnyJobKind } from './run'

/** For tests: a kind whose steps wait until they are let through, and each of which writes one customer. */
export class SteppedKind {
  /** Steps may be taken up to this one; the others wait. */
  open = 0
  /** What is thrown instead of the step of this number. */
  failAt: { step: number; error: Error } | undefined
  /** The cursors runs were begun with. */
  readonly begun: unknown[] = []
  /** What has each of them stop. */
  readonly signals: AbortSignal[] = []
  /** How many runs are under way, and were at most. */
  running = 0
  most = 0

  /** Each takes `pace` milliseconds, where one is given. */
  constructor(
    private readonly steps = 10,
    private readonly pace = 0,
  ) {}

  /** `undoes`: whether it can take back what it has done. */
  kind(undoes: boolean): AnyJobKind {
    return {
      kind: 'report',
      input: z.unknown(),
      cursor: z.object({ next: z.int() }),
      result: z.object({ steps: z.int() }),
      run: async (run) => {
        const { next } = z.object({ next: z.int() }).nullable().parse(run.cursor) ?? { next: 1 }
        this.begun.push(run.cursor)
        this.signals.push(run.signal)
        this.most = Math.max(this.most, ++this.running)
        try {
          for (let step = next; step <= this.steps; step++) {
            await this.#letThrough(step, run.signal)
            if (this.failAt?.step === step) throw this.failAt.error
            await run.step(async (tx) => {
              await write(tx, run.jobId, step)
              run.progress(step, this.steps)
              return { cursor: { next: step + 1 }, done: step }
            })
          }
          return { steps: this.steps }
        } finally {
          this.running--
        }
      },
      ...(undoes && {
        undo: ({ jobId }: { jobId: string }) =>
          transaction(async (tx) => {
            await tx.customer.deleteMany({ where: { name: jobId } })
          }),
      }),
    }
  }

  async #letThrough(step: number, signal: AbortSignal): Promise<void> {
    if (this.pace > 0) await sleep(this.pace)
    while (this.open < step && !signal.aborted) await sleep(2)
  }
}

let number = Date.now() % 1_000_000_000

async function write(tx: Transaction, jobId: string, step: number): Promise<void> {
  number += 1
  await tx.customer.create({ data: { number, name: jobId, city: String(step) }, select: { id: true } })
}

/** The steps that have left something, in order: each once, if all is well. */
export async function written(jobId: string): Promise<number[]> {
  const rows = await container().database.prisma.customer.findMany({ where: { name: jobId }, select: { city: true } })
  return rows.map(({ city }) => Number(city)).sort((one, other) => one - other)
}

/** Waits until no job waits or runs. */
export async function jobsEnded(): Promise<void> {
  const { prisma } = container().database
  await until(async () => (await prisma.job.count({ where: { state: { in: ['waiting', 'running'] } } })) === 0)
}
