import type { JobKinds } from '#server/jobs/run'
import { importKind } from './import'
import { reportKind } from './report'
import { repriceKind } from './reprice'

/** Every kind of job there is: one file each. */
export const jobKinds: JobKinds = { import: importKind, report: reportKind, reprice: repriceKind }
