import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '#server/test-flags'

/** Runs `source` as a module in a process of its own; it imports our files by `#server/...`. */
export function startChild(source: string, args: string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, '--input-type=module', '-e', source, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors = text(child.stderr)
  const ended = once(child, 'exit').then(async () => ({ code: child.exitCode, errors: await errors }))
  return {
    pid: child.pid ?? 0,
    lines: createInterface(child.stdout)[Symbol.asyncIterator](),
    ended,
    async kill(signal: NodeJS.Signals) {
      child.kill(signal)
      await ended
    },
  }
}
