import { WebSocket } from 'ws'
import { AddressRefused, checkedLookup, type Destination } from './destination'

/** How long the other side may take to answer, in milliseconds. */
const handshakeTimeout = 10_000
/** These do not change by asking again: the other side knows who we are, and does not want us. */
const final = [401, 403]

interface Opening {
  protocols: string[]
  headers: Record<string, string> | undefined
  maxPayload: number
}

/** Why a try has failed; `message` is a sentence for the person. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed'

  constructor(
    message: string,
    /** Whether another try would fare no better. */
    readonly final: boolean,
    cause: Error,
  ) {
    super(message, { cause })
  }
}

interface Outcome {
  /** Called while the line opens: what listens from now on misses nothing. */
  opened(ws: WebSocket): void
  failed(problem: AttemptFailed): void
}

/** Tries once to open a WebSocket. Gives what gives the try up; then nothing is told. */
export function attempt({ url, permits }: Destination, opening: Opening, outcome: Outcome): () => void {
  const { protocols, ...options } = opening
  // A redirect would lead past the check of the address.
  const safety = { followRedirects: false, perMessageDeflate: false, lookup: checkedLookup(permits) }
  const ws = new WebSocket(url, protocols, { ...options, ...safety, handshakeTimeout })
  let over = false
  let status: number | undefined
  const fail = (error: Error) => {
    if (!over) outcome.failed(problemOf(error, status))
    over = true
  }
  ws.once('open', () => {
    over = true
    ws.off('error', fail)
    outcome.opened(ws)
  })
  ws.once('unexpected-response', (_request, response) => {
    status = response.statusCode
    ws.terminate()
  })
  ws.on('error', fail)
  return () => {
    over = true
    ws.terminate()
  }
}

function problemOf(error: Error, status: number | undefined): AttemptFailed {
  if (status !== undefined) {
    return new AttemptFailed(`The other side answered with the status ${status}.`, final.includes(status), error)
  }
  if (error instanceof AddressRefused) return new AttemptFailed(error.message, true, error)
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return new AttemptFailed(`The connection could not be opened${code}.`, false, error)
}
