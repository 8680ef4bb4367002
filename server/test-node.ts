import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { nodeFlags } from './test-flags'
import type { Question, Started } from './test-process'

interface Options {
  dataDir: string
  /** By default any free one. */
  port?: number
  /** Who is signed in afresh. */
  names?: string[]
  /** As in the environment; by default an embedded database, and no log. */
  settings?: Record<string, string>
  /** Hears each line of its log, which else goes where this process writes its own. */
  onLogged?(line: string): void
}

/** For tests: a server in a process of its own (test-process.ts), which may be killed at any time. */
export interface TestNode {
  pid: number
  /** Resolves once it listens; never, when it ends before. */
  started: Promise<Started>
  /** Resolves with how it ended: its exit code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>
  kill(signal: NodeJS.Signals): void
  /** Resolves with its answer; never, when it ends before. One question at a time. */
  ask<Answer>(question: Question): Promise<Answer>
}

/** Starts it in the folder of the repository; it ends by itself when this process does. */
export function startNode({ dataDir, port = 0, names = [], settings, onLogged }: Options): TestNode {
  const child = spawn(process.execPath, [...nodeFlags, 'server/test-process.ts', ...names], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      REDIS_URL: '',
      NEXTAUTH_URL: '',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
      ...settings,
      DATA_DIR: dataDir,
      PORT: `${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('The process has no output.')
  if (onLogged) createInterface(stderr).on('line', onLogged)
  else stderr.pipe(process.stderr)
  return {
    pid: child.pid ?? 0,
    started: once(createInterface(stdout), 'line').then(([line]) => JSON.parse(line)),
    ended: once(child, 'exit').then(([code, signal]) => code ?? signal),
    kill: (signal) => void child.kill(signal),
    ask: async (question) => {
      // What cannot be sent because it has ended is never answered.
      child.send(question, () => {})
      const [answer] = await once(child, 'message')
      return answer
    },
  }
}
