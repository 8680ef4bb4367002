import './node-version.mjs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { stop } from './report.mjs'
import { loadSettings } from './settings.mjs'

const [script, ...args] = process.argv.slice(2)
if (!script) stop('run', 'which script? node bin/run.mjs <script.ts> [arguments]')

await prepare()
await loadSettings()
const path = resolve(script)
process.argv.splice(1, Number.POSITIVE_INFINITY, path, ...args)
await import(pathToFileURL(path).href)
