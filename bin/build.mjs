import { step } from './child.mjs'
import { say } from './report.mjs'
import { program } from './root.mjs'
import { hashOf, isStamped, removeStamp, writeStamp } from './stamp.mjs'

const built = '.next/stamp'
const sources = [
  'app',
  'channels',
  'components',
  'public',
  'server',
  'prisma/schema.prisma',
  'next.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

export async function build() {
  // Taken before the build: what changes while it runs makes the next one due.
  const hash = hashOf(sources, ['server/db/generated'])
  if (isStamped(built, hash)) return say('build', 'up to date')
  removeStamp(built)
  const env = { NODE_ENV: 'production' }
  await step('build', 'making the pages for production', program('next'), ['build'], { env })
  writeStamp(built, hash)
}
