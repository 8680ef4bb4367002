import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { step } from './child.mjs'
import { prepare } from './prepare.mjs'
import { program } from './root.mjs'
import { tallyAtExit } from './tally.mjs'

const [only, ...playwrightArguments] = process.argv.slice(2)
const reports = tallyAtExit()
const chaos = ['--import', 'tsx', 'bench/chaos.ts', '--seconds', '120']

await prepare()
// Before the checks, so that nobody waits for them to hear that there is none.
const browser = await findBrowser({ shown: playwrightArguments.some((one) => /^--(headed|ui|debug)$/.test(one)) })

if (only !== 'e2e') {
  await step('format', 'format and lint', program('biome'), ['check', '--error-on-warnings'], { show: true })
  // Writes next-env.d.ts and the types of the routes, which a fresh clone does not have.
  await step('types', 'types of the routes', program('next'), ['typegen'])
  await step('types', 'types', program('tsc'), ['--noEmit'], { show: true })
  const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports.vitest}`]
  await step('tests', 'architecture rules, unit and integration tests', program('vitest'), vitest, { show: true })
  const doing = 'two minutes of kills, cuts and floods against a real server'
  // The clients of chaos mostly wait, so the build goes on beside it.
  await Promise.all([step('chaos', doing, process.execPath, chaos, { show: true }), build()])
} else await build()

const playwright = ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', ...playwrightArguments]
const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: reports.playwright }
await step('e2e', 'browser tests against the production server', program('playwright'), playwright, { env, show: true })
