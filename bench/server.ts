import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { freshDataDir } from '#server/db/template'
import { startNode, type TestNode } from '#server/test-node'
import type { Question, Started } from '#server/test-process'

/** A server that has not ended by then after SIGTERM hangs, in milliseconds: it gives itself 10 s. */
const endsWithin = 15_000

/**
 * A server in a process of its own and on data of its own, which is started again on the same data and port
 * whenever it ends. An end that was not asked for by `kill` is a crash.
 */
export class KeptServer {
  /** How it ended where it should not have. */
  readonly crashes: string[] = []
  /** What it logged, and how often. */
  readonly logged = new Map<string, number>()
  /** The most memory it ever held, in bytes; 0 where the system does not say, as elsewhere than on Linux. */
  peakMemory = 0
  starts = 0
  /** For how long there was none that listened, in milliseconds. */
  downtime = 0
  #node: TestNode
  #port = 0
  #killed = false
  #down = false
  #downFor = 0
  #stopping = false
  #kept = Promise.resolve()
  readonly #looking = setInterval(() => this.#lookAtMemory(), 250)

  private constructor(
    readonly dataDir: string,
    private readonly settings: Record<string, string>,
    names: string[],
  ) {
    this.#node = this.#spawn(names)
  }

  /** Signs in afresh the people named, and makes those there are not. `settings` are as in the environment. */
  static async start(names: string[], settings: Record<string, string>): Promise<{ server: KeptServer } & Started> {
    const server = new KeptServer(await freshDataDir(), settings, names)
    const ended = server.#node.ended.then((how) => Promise.reject(new Error(`The server ended with ${how}.`)))
    const started = await Promise.race([server.#node.started, ended])
    server.#port = started.port
    server.#kept = server.#keep()
    return { server, ...started }
  }

  /**
   * Ends it, wherever it stands, and has it start again `downFor` milliseconds later. Answers whether there was
   * one to end: it may be down just now.
   */
  kill(signal: 'SIGKILL' | 'SIGTERM', downFor: number): boolean {
    const node = this.#node
    if (this.#down) return false
    this.#lookAtMemory()
    this.#killed = true
    this.#downFor = downFor
    node.kill(signal)
    const hangs = setTimeout(() => {
      this.crashes.push(`hung after ${signal}`)
      node.kill('SIGKILL')
    }, endsWithin)
    void node.ended.then(() => clearTimeout(hangs))
    return true
  }

  /** Resolves once it listens and has not been ended again. */
  async up(): Promise<void> {
    for (let node: TestNode | undefined; node !== this.#node; ) {
      node = this.#node
      await Promise.race([node.started, node.ended.then(() => wait(this.#downFor + 200))])
    }
  }

  /** Resolves with nothing when the server ends meanwhile. */
  ask<Answer>(question: Question): Promise<Answer | undefined> {
    const node = this.#node
    return Promise.race([node.ask<Answer>(question), node.ended.then(() => undefined)])
  }

  /** Ends it in order, for good. Its data stays until `remove`. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.kill('SIGTERM', 0)
    await this.#kept
    clearInterval(this.#looking)
  }

  async remove(): Promise<void> {
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async #keep(): Promise<void> {
    for (;;) {
      const how = await this.#node.ended
      this.#down = true
      const since = Date.now()
      // Before it has come to listen to SIGTERM, that kills it.
      if (!this.#killed || !(how === 0 || how === 'SIGKILL' || how === 'SIGTERM'))
        this.crashes.push(`ended with ${how}`)
      // Not at once: one that cannot start at all must not keep the machine busy.
      if (!this.#stopping) await wait(Math.max(this.#downFor, 100))
      if (this.#stopping) return
      this.#killed = false
      this.#down = false
      this.#node = this.#spawn([])
      void this.#node.started.then(() => {
        this.downtime += Date.now() - since
      })
    }
  }

  #spawn(names: string[]): TestNode {
    this.starts++
    const onLogged = (line: string) => {
      const what = summary(line)
      this.logged.set(what, (this.logged.get(what) ?? 0) + 1)
    }
    const { dataDir, settings } = this
    return startNode({ dataDir, port: this.#port, names, settings, onLogged })
  }

  #lookAtMemory(): void {
    try {
      const status = readFileSync(`/proc/${this.#node.pid}/status`, 'utf8')
      const kilobytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
      this.peakMemory = Math.max(this.peakMemory, kilobytes * 1024)
    } catch {
      // It has ended just now, or this is no Linux.
    }
  }
}

/** A line of the log without its time and place, or a line that is no log, as it stands. */
function summary(line: string): string {
  try {
    const { msg, err } = entry.parse(JSON.parse(line))
    return err ? `${msg}: ${err.message.split('\n').at(-1)}` : msg
  } catch {
    return line
  }
}

const entry = z.object({ msg: z.string(), err: z.object({ message: z.string() }).optional() })
