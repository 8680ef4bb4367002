import PgBoss from 'pg-boss'
import type { Sql } from './sql'

/** The queue of jobs; in the pg-boss's tables it has one for itself. */
export const jobQueue = 'job'

/**
 * Makes or migrates the tables of pg-boss, in a schema of their own, and the queue in them. It is the library's part
 * of what our own migrations do for our tables; several nodes that start at once wait for each other.
 */
export async function installQueue(sql: Sql): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => sql.executeSql(text, values) },
    supervise: false,
    schedule: false,
  })
  await boss.start()
  // A run may take hours, and what becomes of one that has stopped is told by our own leases, so pg-boss retries nothing.
  await boss.createQueue(jobQueue, { name: jobQueue, policy: 'standard', retryLimit: 0, expireInSeconds: 23 * 3_600 })
}
