import { z } from 'zod'
import { defineNodeMessage } from '#server/realtime/node-messages'

/** A run waits in the queue. */
export const jobWaiting = defineNodeMessage('job-waiting', z.object({}))

/** Somebody wants this job to stop. */
export const jobCancelled = defineNodeMessage('job-cancelled', z.object({ id: z.string() }))
