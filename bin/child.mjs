import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { begin, say, stop } from './report.mjs'
import { root } from './root.mjs'

/**
 * Runs a program to its end. With `capture` its output is returned instead of shown; `limit` is in milliseconds.
 * A signal to end goes to the program too, and ends the command when the program has ended.
 */
export function run(file, args, { env, capture = false, limit } = {}) {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
    timeout: limit,
  })
  let output = ''
  let ended
  const end = (signal) => {
    ended = signal
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, end)
  // As when another program that runs beside it has failed.
  const abandon = () => child.kill()
  process.on('exit', abandon)
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ passed: false, output: error.message }))
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, end)
      process.off('exit', abandon)
      if (ended) process.exit(128 + constants.signals[ended])
      resolve({ passed: code === 0, output })
    })
  })
}

/** Runs a program that must pass, or the command ends. Its output is shown when it fails, or always with `show`. */
export async function step(name, doing, file, args, { env, show = false } = {}) {
  const took = begin(name, doing, { quiet: show })
  const { passed, output } = await run(file, args, { env, capture: !show })
  const time = took()
  if (!passed) {
    if (output) console.error(output.trimEnd())
    stop(name, `failed after ${time}, as said above`)
  }
  say(name, time)
}
