import { z } from 'zod'
import { jobVisibility } from '#channels/job'
import { newJobId } from '#channels/jobs'
import { importMode, mostImportBytes } from '#channels/order-import'
import { refuseForeignPage } from '#server/auth/own-page'
import { container } from '#server/container'
import { parseInput } from '#server/input'
import { removeFile } from '#server/models/job-file'
import type { Actor } from '#server/models/job-row'
import { startImport } from '#server/models/order-import'
import { storeUpload } from '#server/models/order-import-upload'
import { refuse } from '#server/refusal'
import { readHeading } from './csv-heading'

const question = z.object({
  id: newJobId,
  /** Without the folders some browsers send along, and without what no file name has. */
  name: z
    .string()
    .transform((name) =>
      name
        .replace(/^.*[/\\]/, '')
        .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
        .trim()
        .slice(-120),
    )
    .transform((name) => name || 'orders.csv'),
  mode: importMode,
  visibility: jobVisibility,
})

/**
 * Takes in a file of orders, whose bytes are the body of the request, and starts its import: `?name=orders.csv`, `id`
 * as in channels/jobs.ts, `mode` and `visibility` as in channels/order-import.ts and channels/job.ts. Resolves with the
 * id of the job; sent again under the same id, it is the same job.
 * Refuses with `forbidden` what no page of ours has sent (server/auth/own-page.ts); with `unavailable` while the server
 * closes; as `storeUpload` does; with `invalid` a file whose first row does not name the columns; with `conflict` one
 * that was imported before, with that job as `theirs`; and as `startImport` does. Nothing stays of what was refused.
 */
export async function receiveImport(actor: Actor, request: Request): Promise<{ id: string }> {
  refuseForeignPage(request.headers)
  if (container().drain.begun) refuse('unavailable', 'The server is restarting. Send the file again in a moment.')
  const { id, name, mode, visibility } = parseInput(question, Object.fromEntries(new URL(request.url).searchParams))
  if (Number(request.headers.get('content-length') ?? 0) > mostImportBytes) {
    refuse('too-large', 'The file is larger than 20 MB.')
  }
  const file = await storeUpload({
    ownerId: actor.id,
    name,
    body: chunksOf(request.body),
    checkStart: (start) => void readHeading(start),
  })
  try {
    return await startImport(actor, { id, file, mode, visibility })
  } catch (error) {
    await removeFile(file.id)
    throw error
  }
}

async function* chunksOf(body: Request['body']): AsyncGenerator<Uint8Array, void, void> {
  if (!body) return
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // What is left of one that is refused nobody reads.
    await reader.cancel().catch(() => {})
  }
}
