/** What a line is opened with. The token is asked for once, not at every return: after a restart everyone returns. */
export class Greeting {
  #csrfToken: Promise<string | undefined> | undefined

  constructor(private readonly csrfToken: () => Promise<string | undefined>) {}

  /** Without a token the handshake is refused, and tried again like any other that failed. */
  async say(): Promise<{ csrfToken: string | undefined }> {
    this.#csrfToken ??= this.csrfToken().catch(() => undefined)
    return { csrfToken: await this.#csrfToken }
  }

  /** The server did not take the token: another is asked for. */
  forget(): void {
    this.#csrfToken = undefined
  }
}
