import { randomUUID } from 'node:crypto'
import { jobChannel } from '#channels/job'
import { jobs } from '#channels/jobs'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { requireStart } from '#server/models/job'
import { endJob } from '#server/models/job-end'
import { addLine } from '#server/models/job-line'
import { type Actor, type JobRow, jobRow, listsOf, lockJob, requireSay, tellJob } from '#server/models/job-row'
import { notify } from '#server/models/notification'
import { refuse } from '#server/refusal'

/**
 * Has a job stop, wherever it runs; what it had done is taken back where its kind can do that. Refuses with
 * `not-found`, with `forbidden`, or with `conflict` when it has ended otherwise. Twice is no error.
 */
export function cancelJob(actor: Actor, id: string): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const held = await lockJob(tx, actor, id)
    requireSay(actor, held)
    if (held.state === 'done' || held.state === 'failed') refuse('conflict', 'It has ended already.')
    if (held.cancelledAt) return { id }
    const data = { cancelledAt: new Date(), version: { increment: 1 } }
    const row = await tx.job.update({ where: { id }, data, select: jobRow })
    await addLine(tx, id, 'info', `Cancelled by ${actor.name}.`)
    if (actor.id !== held.owner.id) {
      const title = `Cancelled: ${held.title}`
      const about = `job/${id}/${held.attempt}`
      await notify(tx, {
        userIds: [held.owner.id],
        kind: 'job',
        about,
        title,
        body: `${actor.name} has cancelled it.`,
        href: `/jobs/${id}`,
      })
    }
    const { jobs: work } = container().work
    // One that has nothing to take back need not wait for its turn to do so.
    const over = held.state === 'waiting' && !work.takesBack(held)
    await (over ? endJob(tx, row, { state: 'cancelled', taken: 'stays' }) : tellJob(tx, row))
    work.cancelAfter(tx, id)
    return { id }
  })
}

/**
 * Begins a failed or cancelled job anew, from where it had come to where its kind can. `attempt` is the one that has
 * ended so: when it has been begun again since, this changes nothing, and twice is no error. Refuses with `not-found`,
 * with `forbidden`, or with `conflict` when it is no such job, or as `requireStart` does.
 */
export function retryJob(actor: Actor, { id, attempt }: Pick<JobRow, 'id' | 'attempt'>): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const held = await lockJob(tx, actor, id)
    requireSay(actor, held)
    if (held.attempt > attempt) return { id }
    if (held.state !== 'failed' && held.state !== 'cancelled') {
      refuse('conflict', held.state === 'done' ? 'It is done.' : 'It has not ended.')
    }
    await requireStart(tx, actor, { ownerId: held.owner.id, kind: held.kind })
    const runId = randomUUID()
    const row = await tx.job.update({
      where: { id },
      data: {
        state: 'waiting',
        runId,
        attempt: { increment: 1 },
        version: { increment: 1 },
        failure: null,
        cancelledAt: null,
        startedAt: null,
        endedAt: null,
      },
      select: jobRow,
    })
    const { jobs: work } = container().work
    await work.queue.add(tx, { runId, jobId: id, lost: 0 })
    await addLine(tx, id, 'info', `Begun again by ${actor.name}.`)
    await tellJob(tx, row)
    work.wakeAfter(tx)
    return { id }
  })
}

/** Deletes a job that has ended, with its log and files. Refuses with `not-found`, `forbidden` or `conflict`. */
export function removeJob(actor: Actor, id: string): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const held = await lockJob(tx, actor, id)
    requireSay(actor, held)
    if (held.state === 'waiting' || held.state === 'running') refuse('conflict', 'Cancel it first.')
    await tx.job.delete({ where: { id } })
    for (const room of listsOf(held)) tx.publish(jobs, room, 'removed', { id })
    tx.publish(jobChannel, id, 'removed', { id })
    return { id }
  })
}
