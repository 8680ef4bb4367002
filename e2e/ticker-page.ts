import { expect, type Locator, type Page } from '@playwright/test'
import { expectJoined } from './sign-in'

/** The page of the ticker, and the strip at the foot of every page. */
export class TickerPage {
  constructor(readonly page: Page) {}

  get panel(): Locator {
    return this.page.locator('[data-rate]')
  }

  get strip(): Locator {
    return this.page.getByRole('complementary', { name: 'Ticker strip' })
  }

  /** How the quotes stand, in words. */
  get feedLine(): Locator {
    return this.page.getByRole('region', { name: 'Quotes' }).getByRole('status').first()
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: 'Updates per second' })
  }

  get rows(): Locator {
    return this.page.getByRole('table', { name: 'Quotes' }).locator('tbody tr')
  }

  async expectLive(): Promise<void> {
    await expectJoined(this.page)
    await expect(this.panel).toHaveAttribute('data-status', 'joined')
    await expect(this.panel).toHaveAttribute('data-feed', 'live')
    await expect(this.rows).toHaveCount(50)
  }

  /** Both the page and the strip say so. */
  async expectFeed(state: 'live' | 'stale'): Promise<void> {
    // What is promised, and a little for a busy machine.
    await expect(this.panel).toHaveAttribute('data-feed', state, { timeout: 6_000 })
    await expect(this.strip.locator('[data-feed]')).toHaveAttribute('data-feed', state)
  }

  price(symbol: string): Locator {
    return this.page.locator(`[data-symbol="${symbol}"] td`).first()
  }

  /** How often the change of one symbol is written while that of another is so many times, and how long that takes. */
  countWritten(symbol: string, other: { while: string; is: number }): Promise<{ times: number; seconds: number }> {
    return this.page.evaluate(
      ({ symbol, while: other, is }) => {
        const begun = performance.now()
        const written = { [symbol]: 0, [other]: 0 }
        return new Promise<{ times: number; seconds: number }>((resolve) => {
          for (const one of [symbol, other]) {
            const figure = document.querySelector(`[data-symbol="${one}"] td:nth-of-type(2) span > span:last-child`)
            if (!figure) throw new Error(`There is no row of ${one}.`)
            new MutationObserver((records, observer) => {
              written[one] = (written[one] ?? 0) + records.length
              if ((written[other] ?? 0) < is) return
              observer.disconnect()
              resolve({ times: written[symbol] ?? 0, seconds: (performance.now() - begun) / 1_000 })
            }).observe(figure, { childList: true, characterData: true, subtree: true })
          }
        })
      },
      { symbol, ...other },
    )
  }

  async figure(name: 'frames' | 'values' | 'skipped' | 'skipped-in-all'): Promise<number> {
    const text = (await this.page.locator(`[data-figure="${name}"]`).textContent()) ?? ''
    return Number(text.replaceAll(',', ''))
  }

  /** By the keyboard, from the first step. */
  async setRate(step: number): Promise<void> {
    await this.slider.focus()
    await this.page.keyboard.press('Home')
    for (let steps = 0; steps < step; steps++) await this.page.keyboard.press('ArrowRight')
  }
}
