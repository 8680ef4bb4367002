import { readEnvironment } from '#server/env'
import { beginEpoch } from './epoch'
import { openDatabase } from './open'

/** For an operator who put back a backup of the embedded database's folder, or of some of the tables alone. */
try {
  const database = await openDatabase(readEnvironment(process.env))
  try {
    await beginEpoch(database.prisma)
  } finally {
    await database.close()
  }
  process.stdout.write('The log has a new epoch: every client will load its state afresh.\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
