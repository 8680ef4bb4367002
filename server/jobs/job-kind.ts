import type { z } from 'zod'
import type { Transaction } from '#server/db/transaction'

/** What a run of a job is given, and what it tells. */
export interface JobRun<Input, Cursor> {
  jobId: string
  ownerId: string
  input: Input
  /** Where an earlier run that did not end had come to; null for the first. */
  cursor: Cursor | null
  /** Aborted when the job was cancelled, this node ends, or another run has taken over: stop at the next step. */
  signal: AbortSignal
  /**
   * How far it is, in units of the kind. Cheap: it leaves at most ten times a second, the last always
   * (`total` null: not known yet).
   */
  progress(done: number, total: number | null): void
  /** Adds a line to the job's log. Not within a step, whose transaction it would wait for. Rejects as a step does. */
  say(level: 'info' | 'warning' | 'error', text: string): Promise<void>
  /**
   * One step: what `work` writes, the cursor it gives, and the progress are committed together or not at all, so a
   * killed run leaves nothing done twice or by half. Rejects when the job was cancelled or another run has taken
   * over; let that through.
   */
  step(work: (tx: Transaction) => Promise<{ cursor: Cursor; done: number }>): Promise<void>
}

/** One kind of job: a file in server/jobs/kinds. */
export interface JobKindDefinition<Input extends z.ZodType, Cursor extends z.ZodType, Result extends z.ZodType> {
  kind: string
  input: Input
  cursor: Cursor
  result: Result
  /** Its result is shown, and kept with the job. What it throws makes the job fail; a refusal's words are shown. */
  run(run: JobRun<z.output<Input>, z.output<Cursor>>): Promise<z.input<Result>>
  /**
   * Takes back what a run has done that was cancelled or failed; a retry then begins from nothing. May be run again.
   * Without it the cursor is kept, and a retry goes on from there.
   */
  undo?(run: Pick<JobRun<z.output<Input>, z.output<Cursor>>, 'jobId' | 'input' | 'cursor' | 'say'>): Promise<void>
  /** Whether what a run with this input has done stays for a retry that goes on from there, `undo` or not. */
  keeps?(input: z.output<Input>): boolean
}
