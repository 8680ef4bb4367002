import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { step } from './child.mjs'
import { endWithParent } from './parent.mjs'
import { say } from './report.mjs'
import { program, root } from './root.mjs'
import { hashOf, isStamped, removeStamp, writeStamp } from './stamp.mjs'

const installed = 'node_modules/.stamps/install'
const generated = 'node_modules/.stamps/generate'

/** No step asks anyone but the npm registry, and none reports on us. */
const quiet = { NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', npm_config_update_notifier: 'false' }

/** What every command needs: the packages of the lock file, and the Prisma client of the schema. */
export async function prepare() {
  process.chdir(root)
  endWithParent()
  Object.assign(process.env, quiet)
  await install()
  await generate()
}

async function install() {
  const hash = hashOf(['package-lock.json'])
  if (isStamped(installed, hash)) return say('install', 'up to date')
  removeStamp(installed)
  // `--include=dev`, because with NODE_ENV=production npm would leave out what the build and the checks need.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  await step('install', 'fetching the packages of package-lock.json', 'npm', args)
  writeStamp(installed, hash)
}

async function generate() {
  const hash = hashOf(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'])
  const exists = existsSync(join(root, 'server/db/generated/client.ts'))
  if (exists && isStamped(generated, hash)) return say('generate', 'up to date')
  removeStamp(generated)
  await step('generate', 'writing the Prisma client of prisma/schema.prisma', program('prisma'), ['generate'])
  writeStamp(generated, hash)
}
