import type { BrowserContext } from '@playwright/test'

/**
 * A page that is closed to whoever has it open (`forbidden()` while it is refreshed) is drawn again by React at once,
 * and now and then Next reports the error that says so as one that was recovered from: its own, and no fault.
 */
export const closedOnScreen = /Minified React error #441;/

/** Collects what goes wrong in pages without being seen: errors, rejections, breaches of the security policy. */
export class Watch {
  readonly #found: string[] = []
  readonly #expected: RegExp[] = []

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#found.push(`${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (event) => {
      // What is thrown need not have a stack.
      const { name, message, stack } = event.error()
      this.#found.push(`${name}: ${message} (${event.page()?.url()})\n${stack}`)
    })
  }

  expect(what: RegExp): void {
    this.#expected.push(what)
  }

  unexpected(): string[] {
    return this.#found.filter((text) => !this.#expected.some((what) => what.test(text)))
  }
}
