import type { APIRequestContext, Page } from '@playwright/test'

/** A request of a server action as the page really made it, to be made again by somebody else. */
export class ServerAction {
  private constructor(
    readonly url: string,
    readonly headers: Record<string, string>,
    readonly body: string,
  ) {}

  /** The one that the page makes when `act` is done on it. */
  static async from(page: Page, act: () => Promise<void>): Promise<ServerAction> {
    const made = page.waitForRequest((request) => request.method() === 'POST' && 'next-action' in request.headers())
    await act()
    const request = await made
    const { cookie: _, 'content-length': __, ...headers } = await request.allHeaders()
    const real = Object.entries(headers).filter(([name]) => !name.startsWith(':'))
    return new ServerAction(request.url(), Object.fromEntries(real), request.postData() ?? '')
  }

  /** With the cookies of whoever asks, and its body changed. Resolves with what the action returned, as it was sent. */
  async replay(by: APIRequestContext, change: (body: string) => string = (body) => body): Promise<string> {
    const answer = await by.post(this.url, { headers: this.headers, data: change(this.body), maxRedirects: 0 })
    const text = await answer.text()
    // React's wire format: one row to a line, and the first says which of them is the action's own.
    const [, row] = text.match(/"a":"\$@(\w+)"/) ?? []
    return text.split('\n').find((line) => line.startsWith(`${row}:`)) ?? text
  }
}
