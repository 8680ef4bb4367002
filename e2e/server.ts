import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const readyWithin = 60_000

/** The server as it is run in production, in a process of its own, on data of its own. */
export class AppServer {
  /** What the process has printed so far; shown when a test fails. */
  output = ''
  #process: ChildProcess | undefined
  #url: string | undefined

  private constructor(readonly dataDir: string) {}

  static async start(): Promise<AppServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-e2e-'))
    const { E2E_DATA_DIR: made } = process.env
    if (made) cpSync(made, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE })
    const server = new AppServer(dataDir)
    await server.#run()
    return server
  }

  get url(): string {
    if (!this.#url) throw new Error('The server has not said where it is.')
    return this.#url
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** After `kill`, or else after an orderly end: the same port, the same data. */
  async restart(): Promise<void> {
    await this.#end('SIGTERM')
    await this.#run()
  }

  /** In order, leaving its data. */
  async end(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async stop(): Promise<void> {
    await this.end()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async #run(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
      cwd: root,
      // The last is what the server watches: when this process is killed outright, it does not linger.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: this.#url ? new URL(this.#url).port : '0',
        DATA_DIR: this.dataDir,
        LOG_LEVEL: 'warn',
        DEMO_ORDERS: '300',
      },
    })
    this.#process = child
    this.#url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`The server ${why}:\n${this.output}`))
      const timer = setTimeout(() => fail('was not ready in time'), readyWithin)
      const read = (data: Buffer) => {
        this.output += data.toString()
        const [, url] = this.output.slice(before).match(/is ready: (http:\S+)/) ?? []
        if (!url) return
        clearTimeout(timer)
        resolve(url)
      }
      const before = this.output.length
      child.stdout?.on('data', read)
      child.stderr?.on('data', read)
      child.once('exit', (code) => {
        clearTimeout(timer)
        fail(`ended with ${code}`)
      })
    })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}
