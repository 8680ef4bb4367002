import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { say, stop } from './report.mjs'
import { program } from './root.mjs'

/** The same engine without anything to show: tests take a third less of the processor with it. */
const unseen = 'chromium-headless-shell'
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const downloadLimit = 180_000

/** The path of the first browser there is or can be had, one with a window where it is `shown`; without one the command ends. */
export async function findBrowser({ shown = false } = {}) {
  const wanted = shown ? names : [unseen, ...names]
  const path = named() ?? onMachine(wanted) ?? (await playwrights()) ?? (await debians(wanted))
  if (!path) stop('browser', 'none found: install Chromium or Chrome, or set CHROMIUM_PATH to the program of one')
  say('browser', path)
  return path
}

function named() {
  const path = process.env.CHROMIUM_PATH
  if (path && !answers(path))
    stop('browser', `CHROMIUM_PATH was "${path}"; it may be the program of a Chromium or Chrome`)
  return path || undefined
}

function onMachine(wanted) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...wanted.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(answers)
}

async function playwrights() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  if (answers(path)) return path
  say('browser', "none on this machine; trying to download Playwright's own ...")
  await run(program('playwright'), ['install', '--no-shell', 'chromium'], { limit: downloadLimit })
  return answers(path) ? path : undefined
}

async function debians(wanted) {
  if (!existsSync('/etc/debian_version')) return undefined
  const isRoot = process.getuid?.() === 0
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return undefined
  const apt = (...args) => (isRoot ? ['apt-get', args] : ['sudo', ['-n', 'apt-get', ...args]])
  say('browser', "that failed; trying Debian's chromium ...")
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run(...apt('update'), { env })
  for (const name of wanted.filter((one) => one.startsWith('chromium'))) {
    const { passed } = await run(...apt('install', '-y', name), { env })
    if (passed) return onMachine(wanted)
  }
  return undefined
}

/** Asked for its version, because some systems have a file of that name that only says how to install one. */
function answers(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}
