import { rm } from 'node:fs/promises'
import { AppServer } from './server'

/** Makes the data that every server of the run begins with a copy of: each would take seconds to make its own. */
export default async function setup(): Promise<() => Promise<void>> {
  const first = await AppServer.start()
  await first.end()
  process.env.E2E_DATA_DIR = first.dataDir
  return () => rm(first.dataDir, { recursive: true, force: true })
}
