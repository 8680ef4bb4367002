import { WebSocket } from 'ws'
import type { TestServer, Visitor } from '#server/test-server'

interface Opening {
  /** After the CSRF token, in the query. */
  query?: string
  protocols?: string[]
  headers?: Record<string, string>
}

/** For tests: a client of `ws` that keeps what it is told until it is asked for. */
export class TestClient {
  readonly #messages: (string | Buffer)[] = []
  readonly #waiting: ((message: string | Buffer) => void)[] = []
  /** How the server, or the line, ended it. */
  readonly closed: Promise<{ code: number; reason: string }>

  constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer, isBinary) => {
      const message = isBinary ? data : data.toString()
      const next = this.#waiting.shift()
      if (next) next(message)
      else this.#messages.push(message)
    })
    this.closed = new Promise((resolve) => {
      ws.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    ws.on('error', () => {})
  }

  /** The next message there is, or comes. Rejects when the socket closes first. */
  next(): Promise<string | Buffer> {
    const there = this.#messages.shift()
    if (there !== undefined) return Promise.resolve(there)
    const cut = this.closed.then(({ code, reason }) => {
      throw new Error(`closed with ${code} ${reason}`)
    })
    return Promise.race([new Promise<string | Buffer>((resolve) => this.#waiting.push(resolve)), cut])
  }

  send(message: string | Buffer): void {
    this.ws.send(message)
  }
}

export interface Refused {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: { code: string; message: string }
}

/** Opens `/ws/<name>` as a page of ours would for this visitor, with what is given changed. */
export async function openSocket(
  server: Pick<TestServer, 'url'>,
  name: string,
  visitor: Partial<Visitor> = {},
  opening: Opening = {},
): Promise<TestClient> {
  const opened = await tryToOpen(server, name, visitor, opening)
  if (opened instanceof TestClient) return opened
  throw new Error(`refused with ${opened.status} ${opened.body.message}`)
}

/** The same, for what should be refused. */
export async function refusalOf(...args: Parameters<typeof openSocket>): Promise<Refused> {
  const opened = await tryToOpen(...args)
  if (!(opened instanceof TestClient)) return opened
  opened.ws.terminate()
  throw new Error('The socket was opened.')
}

function tryToOpen(
  server: Pick<TestServer, 'url'>,
  name: string,
  { cookie, csrfToken }: Partial<Visitor> = {},
  { query = '', protocols = [], headers = {} }: Opening = {},
): Promise<TestClient | Refused> {
  const token = csrfToken ? `session=${csrfToken}` : ''
  const ws = new WebSocket(`${server.url.replace('http', 'ws')}/ws/${name}?${token}${query}`, protocols, {
    headers: { origin: server.url, ...(cookie && { cookie }), ...headers },
  })
  return new Promise((resolve, reject) => {
    const client = new TestClient(ws)
    ws.once('open', () => resolve(client))
    ws.once('error', reject)
    ws.once('unexpected-response', (_, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(body) })
      })
    })
  })
}
