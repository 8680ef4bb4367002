import './node-version.mjs'
import { build } from './build.mjs'
import { develop } from './dev.mjs'
import { prepare } from './prepare.mjs'
import { loadSettings } from './settings.mjs'

const dev = process.argv.includes('--dev')
process.env.NODE_ENV = dev ? 'development' : 'production'

await prepare()
await loadSettings()
if (dev) {
  develop()
} else {
  await build()
  // This process becomes the server, so that a signal, an exit code or a kill needs nobody in between.
  await import('../server/index.ts')
}
