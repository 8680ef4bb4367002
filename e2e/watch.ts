import type { BrowserContext } from '@playwright/test'

/** Collects what goes wrong in pages without being seen: errors, rejections, breaches of the security policy. */
export class Watch {
  readonly #found: string[] = []
  readonly #expected: RegExp[] = []

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#found.push(`${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => this.#found.push(String(error.error().stack ?? error.error())))
  }

  expect(what: RegExp): void {
    this.#expected.push(what)
  }

  unexpected(): string[] {
    return this.#found.filter((text) => !this.#expected.some((what) => what.test(text)))
  }
}
