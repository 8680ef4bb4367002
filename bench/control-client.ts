import type { Served } from '#server/realtime/test-inputs'
import { TestLine } from '#server/realtime/test-line'

/** In milliseconds. */
const askEvery = 100

/** A client that does nothing wrong, and how long the server takes to answer it meanwhile. */
export class ControlClient {
  readonly #waits: number[] = []
  readonly #timer: NodeJS.Timeout

  private constructor(private readonly line: TestLine) {
    this.#timer = setInterval(() => void this.#ask(), askEvery)
  }

  static async open(url: string, { cookie, csrfToken }: Served['visitors'][number]): Promise<ControlClient> {
    const line = await TestLine.open(url, { headers: { origin: url, cookie } })
    const answer = await line.greet({ csrfToken })
    if (!answer.startsWith('0')) throw new Error(`The control client was not let in: ${answer}`)
    return new ControlClient(line)
  }

  /** With what the server closed it; undefined while it is open. */
  get end(): TestLine['end'] {
    return this.line.end
  }

  /** The wait that this share of its questions did not exceed, in milliseconds. */
  wait(share: number): number {
    const sorted = this.#waits.toSorted((one, other) => one - other)
    return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  }

  stop(): void {
    clearInterval(this.#timer)
    this.line.close()
  }

  async #ask(): Promise<void> {
    const asked = performance.now()
    if (await this.line.ask('["alive",{}]')) this.#waits.push(performance.now() - asked)
  }
}
