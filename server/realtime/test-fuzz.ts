import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { type Input, inputs, type Served } from './test-inputs'
import { TestLine } from './test-line'
import { mark } from './test-samples'
import { numberOf } from './test-state'

/** What became of an input: granted, refused, or not known, where it was not answered before its line was closed. */
type Verdict = 'granted' | 'refused' | 'unknown'

interface Outcome {
  /** For the table: a code, a reason, a status. */
  name: string
  verdict: Verdict
  /** What was said back. */
  answer?: string
}

/** Longer than anything may take, in milliseconds. */
const patience = 20_000

/** Rooms that every test server has, so that some input comes as far as it can. One of them is a person's. */
export function knownRooms(person: string): Served['rooms'] {
  return { chat: ['general', 'orders'], broadcast: ['all', `person-${person}`], presence: ['chat:general'] }
}

/** For tests: sends a server random and nearly right input, on lines that are opened again as it closes them. */
export class Fuzzing {
  readonly failures: string[] = []
  /** How often each kind of input had each outcome. */
  readonly table = new Map<string, Map<string, number>>()
  /** The calls that were granted, or may have been, as `chat:post`. */
  readonly granted = new Set<string>()
  readonly #verdicts = new Map<string, Verdict>()
  readonly #input: fc.Arbitrary<Input>
  #sent = 0
  #opened = 0

  constructor(private readonly served: Served) {
    this.#input = inputs(served)
  }

  /** Sends so many inputs, each made from the seed and its place, on so many lines at a time. */
  async run(count: number, { seed, lines = 16 }: { seed: number; lines?: number }): Promise<void> {
    const end = this.#sent + count
    let batch: Input[] = []
    const next = (): [string, Input] | undefined => {
      if (this.#sent === end) return undefined
      if (batch.length === 0) batch = fc.sample(this.#input, { seed: (seed + this.#sent) | 0, numRuns: 200 })
      const input = batch.pop()
      return input && [numberOf(this.#sent++), input]
    }
    await Promise.all(Array.from({ length: lines }, () => this.#work(next)))
  }

  /** What went wrong with the numbers that were found where only granted input may leave a trace. */
  check(found: Iterable<string>): string[] {
    return [...found]
      .filter((number) => this.#verdicts.get(number) === 'refused')
      .map((number) => `${number} was refused, and left a trace`)
  }

  /** On two lines: one that has joined the rooms, for what seldom closes it, and one for what mostly does. */
  async #work(next: () => [string, Input] | undefined): Promise<void> {
    const lines: Record<'inside' | 'outside', TestLine | undefined> = { inside: undefined, outside: undefined }
    for (let one = next(); one; one = next()) {
      const [number, input] = one
      const place = input.of === 'right event' || input.of === 'nearly right call' ? 'inside' : 'outside'
      try {
        const kept = lines[place]
        const line = kept && !kept.end ? kept : await this.#open(place)
        lines[place] = line
        this.#note(number, input, await within(patience, this.#send(line, numbered(input, number))))
      } catch (error) {
        this.failures.push(`${number} (${input.of}): ${error instanceof Error ? error.message : error}`)
        lines[place]?.close()
        lines[place] = undefined
      }
    }
    lines.inside?.close()
    lines.outside?.close()
  }

  #note(number: string, input: Input, { name, verdict, answer = '' }: Outcome): void {
    const { of } = input
    if (verdict !== 'refused') for (const call of callsIn(input)) this.granted.add(call)
    const row = this.table.get(of) ?? new Map<string, number>()
    this.table.set(of, row.set(name, (row.get(name) ?? 0) + 1))
    this.#verdicts.set(number, verdict)
    if (verdict === 'refused' && answer.includes(number)) this.failures.push(`${number} (${of}): echoed with ${name}`)
  }

  async #open(place: 'inside' | 'outside'): Promise<TestLine> {
    const { url, visitors } = this.served
    const { cookie, csrfToken } = visitors[this.#opened++ % visitors.length] ?? {}
    const line = await TestLine.open(url, { headers: { origin: url, cookie: cookie ?? '' } })
    const answer = await line.greet({ csrfToken })
    if (!answer.startsWith('0')) throw new Error(`a right handshake was answered ${answer.slice(0, 100)}`)
    if (place === 'inside') await this.#join(line)
    return line
  }

  async #join(line: TestLine): Promise<void> {
    for (const [name, rooms] of Object.entries(this.served.rooms)) {
      for (const room of rooms) await line.ask(JSON.stringify([`${name}:join`, { room }]))
    }
  }

  async #send(line: TestLine, input: Input): Promise<Outcome> {
    if (input.kind === 'event') return this.#sendEvent(line, input.packet)
    if (input.kind === 'frames') return this.#sendFrames(line, input)
    return input.kind === 'handshake' ? this.#shakeHands(input) : this.#request(input.bytes)
  }

  async #sendEvent(line: TestLine, packet: string): Promise<Outcome> {
    const answer = await line.ask(packet)
    if (!answer) return closed(line)
    const [reply] = JSON.parse(answer.slice(answer.indexOf('[')))
    if (reply.ok) return { name: 'ok', verdict: 'granted' }
    if (reply.code === 'internal') throw new Error('answered with internal')
    return { name: reply.code, verdict: 'refused', answer }
  }

  /** Followed by an event, whose answer says that the line is still there. */
  async #sendFrames(line: TestLine, { frames, binary }: Extract<Input, { kind: 'frames' }>): Promise<Outcome> {
    for (const frame of frames) line.send(frame, { binary })
    const answer = await line.ask('["alive",{}]')
    if (answer) return { name: 'taken', verdict: 'unknown' }
    // The first of several may have been granted.
    return { ...closed(line), ...(frames.length > 1 && { verdict: 'unknown' }) }
  }

  async #shakeHands({ headers, auth }: Extract<Input, { kind: 'handshake' }>): Promise<Outcome> {
    const line = await TestLine.open(this.served.url, { headers })
    const answer = await line.greet(auth)
    line.close()
    if (!answer) return closed(line)
    if (answer.startsWith('0')) return { name: 'let in', verdict: 'granted' }
    return { name: JSON.parse(answer.slice(1)).data.code, verdict: 'refused', answer }
  }

  async #request(bytes: string): Promise<Outcome> {
    const socket = connect({ port: Number(new URL(this.served.url).port), host: '127.0.0.1' })
    const heard = once(socket, 'data').then(([data]) => String(data))
    const silence = once(socket, 'close').then(() => '')
    heard.catch(() => {})
    socket.end(bytes, 'latin1')
    const answer = await Promise.race([heard, silence])
    socket.destroy()
    const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]
    return { name: status ?? 'closed', verdict: 'refused', answer }
  }
}

function closed({ end }: TestLine): Outcome {
  return end?.said
    ? { name: `closed: ${end.said.reason}`, verdict: 'refused' }
    : { name: `closed (${end?.code})`, verdict: 'unknown' }
}

function numbered(input: Input, number: string): Input {
  const put = (text: string) => text.replaceAll(mark, number)
  if (input.kind === 'event') return { ...input, packet: put(input.packet) }
  if (input.kind !== 'frames') return input
  return { ...input, frames: input.frames.map((frame) => (typeof frame === 'string' ? put(frame) : frame)) }
}

/** Whatever may be the name of a call; nobody's word is changed by a join. */
function callsIn(input: Input): string[] {
  const texts = input.kind === 'event' ? [input.packet] : input.kind === 'frames' ? input.frames : []
  return texts.flatMap((text) =>
    typeof text === 'string'
      ? [...text.matchAll(/\["([a-z]+:[a-zA-Z]+)"/g)].flatMap(([, call = '']) =>
          /:(join|leave)$/.test(call) ? [] : [call],
        )
      : [],
  )
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('neither answered nor closed')), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
