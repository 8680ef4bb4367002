import { type ChildProcess, fork } from 'node:child_process'
import type { Served } from '#server/realtime/test-inputs'
import { numbers, type State } from '#server/realtime/test-state'

interface Started {
  port: number
  visitors: Served['visitors']
  /** The id of one who has a room. */
  person: string
}

/** In bytes and seconds. */
export interface Usage {
  heapUsed: number
  rss: number
  cpuSeconds: number
}

interface Answers {
  start: Started
  state: State
  usage: Usage
  open: { sockets: number; lines: number }
}

/** Limits as they are would have the server refuse most of what it is to be tried with. */
const settings = {
  NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
  HANDSHAKES_PER_MINUTE: '1000000',
  SOCKETS_PER_SESSION: '1000',
  CALL_BURST: '10000',
  CALLS_PER_SECOND: '10000',
}

/** The server that is to be broken (bench/fuzz-server.ts), and what it does that it should not. */
export class FuzzProcess {
  readonly failures: string[] = []
  /** How many characters it has logged. */
  logged = 0
  readonly #child: ChildProcess
  #stopping = false

  /** `died` is called when it ends by itself. */
  constructor(dataDir: string, died: () => void) {
    this.#child = fork('bench/fuzz-server.ts', [], {
      execArgv: ['--import', 'tsx', '--expose-gc'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...settings, DATA_DIR: dataDir },
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#readLog(text))
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.failures.push(text))
    this.#child.once('close', (code, signal) => {
      if (this.#stopping) return
      this.failures.push(`the server ended with ${signal ?? code}`)
      died()
    })
  }

  /** It answers in order. */
  ask<Question extends keyof Answers>(question: Question): Promise<Answers[Question]> {
    // What it starts with it tells unasked.
    if (question !== 'start') this.#child.send(question)
    return new Promise((resolve) => {
      const listen = (message: unknown) => {
        // Sent by a program of ours.
        const said = message as { question: string; answer: Answers[Question] }
        if (said.question !== question) return
        this.#child.off('message', listen)
        resolve(said.answer)
      }
      this.#child.on('message', listen)
    })
  }

  stop(): void {
    this.#stopping = true
    this.#child.kill('SIGKILL')
  }

  #readLog(text: string): void {
    this.logged += text.length
    for (const [number] of text.matchAll(numbers)) this.failures.push(`${number} was logged`)
    if (/"level":[56]0/.test(text)) this.failures.push(`logged as an error: ${text.slice(0, 500)}`)
  }
}
