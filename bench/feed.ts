import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { WebSocket } from 'ws'
import type { Question, Started } from './feed-server'

/** What a frame of pushes begins with. */
const push = '42["feed:push"'

/** The server of bench/feed-server.ts, in a process of its own. */
export class Feed {
  private constructor(
    private readonly child: ChildProcess,
    private readonly started: Started,
  ) {}

  static async start(): Promise<Feed> {
    const child = fork(resolve('bench/feed-server.ts'), { execArgv: ['--import', 'tsx', '--expose-gc'] })
    const [started]: [Started] = await next(child)
    return new Feed(child, started)
  }

  async ask<Answer>(question: Question): Promise<Answer> {
    const answered = next<Answer>(this.child)
    this.child.send(question)
    const [answer] = await answered
    return answer
  }

  /**
   * Joins the room as one of the people there are, without a client of ours: what is measured is the server, and
   * parsing would take this process longer than receiving. `hear` gets every frame of pushes as it came.
   */
  async read(person: number, hear: (frame: Buffer) => void): Promise<WebSocket> {
    const { port, visitors } = this.started
    const { cookie, csrfToken } = visitors[person % visitors.length] ?? {}
    const headers = { cookie, origin: `http://127.0.0.1:${port}` }
    const line = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { headers })
    await new Promise<void>((resolve, reject) => {
      line.on('error', reject)
      line.on('close', () => reject(new Error('The server has closed the line.')))
      line.on('message', (frame: Buffer) => {
        const begin = frame.toString('latin1', 0, push.length)
        if (begin === push) hear(frame)
        // Engine.IO's and Socket.IO's own: opened, a ping, connected, the join answered.
        else if (begin.startsWith('0')) line.send(`40${JSON.stringify({ csrfToken })}`)
        else if (begin.startsWith('2')) line.send('3')
        else if (begin.startsWith('40')) line.send('420["feed:join",{"room":"main"}]')
        else if (begin.startsWith('430')) resolve()
      })
    })
    return line
  }

  async stop(): Promise<void> {
    this.child.disconnect()
    await once(this.child, 'exit')
  }
}

/** The next message of the server; rejects when it dies instead. */
function next<Message>(child: ChildProcess): Promise<[Message]> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('The server has died.'))
    child.once('exit', died)
    child.once('message', (message) => {
      child.off('exit', died)
      // Both ends are ours: bench/feed-server.ts answers each question with what is asked for.
      resolve([message as Message])
    })
  })
}
