import { expect, type Locator, type Page } from '@playwright/test'
import { connect, heldBy } from './client'
import { expectJoined } from './sign-in'

export type EffortName = 'Quick' | 'Thorough' | 'Exhaustive'

/** The address of an order with many lines that is not closed; each test has another. */
export async function largeOrder(page: Page, nth: number): Promise<string> {
  await page.goto('/orders?state=active&sort=total&way=down')
  const href = await page.locator('main a[href^="/orders/"]').nth(nth).getAttribute('href')
  if (!href) throw new Error('There are no orders.')
  return href
}

/** The delivery plan of an order, on one screen. */
export class PlanPage {
  constructor(readonly page: Page) {}

  static async open(page: Page, href: string): Promise<PlanPage> {
    await page.goto(href)
    await expectJoined(page)
    const opened = new PlanPage(page)
    await expect(opened.panel).toHaveAttribute('data-status', 'joined')
    return opened
  }

  get panel(): Locator {
    return this.page.locator('[data-part=plan]')
  }

  get bar(): Locator {
    return this.panel.getByRole('progressbar')
  }

  get calculateButton(): Locator {
    return this.panel.getByRole('button', { name: /^Calculate/ })
  }

  get cancelButton(): Locator {
    return this.panel.getByRole('button', { name: 'Cancel' })
  }

  get tours(): Locator {
    return this.panel.getByRole('list', { name: 'Tours' }).locator('> li')
  }

  async calculate(effort: EffortName): Promise<void> {
    // The label is what is there to be pressed; the radio button itself is for screen readers.
    await this.panel.getByText(effort, { exact: true }).click()
    await this.calculateButton.click()
  }

  async expectBusy(who: string): Promise<void> {
    await expect(this.panel).toHaveAttribute('aria-busy', 'true')
    await expect(this.panel.locator('fieldset').first()).toHaveAttribute('disabled')
    await expect(this.panel.getByRole('radio', { name: 'Quick' })).toBeDisabled()
    await expect(
      this.panel
        .locator('fieldset')
        .getByText(new RegExp(`^${who} been calculating since \\d\\d:\\d\\d\\.$`))
        .first(),
    ).toBeVisible()
  }

  async expectFree(): Promise<void> {
    await expect(this.panel).toHaveAttribute('aria-busy', 'false', { timeout: 15_000 })
    await expect(this.calculateButton).toBeEnabled()
  }

  /** The search has got somewhere. */
  async expectProgress(): Promise<void> {
    await expect(this.bar).not.toHaveAttribute('aria-valuenow', '0', { timeout: 20_000 })
  }
}

/** Another piece for the first line of the order, as the person of this page. */
export async function orderOneMore(page: Page, href: string): Promise<void> {
  const socket = await connect(await heldBy(page))
  if (typeof socket === 'string') throw new Error(`The client was refused: ${socket}`)
  const room = href.split('/').at(-1)
  const { state } = await socket.emitWithAck('order:join', { room })
  const [line] = state.order.lines
  const input = { field: `line/${line.id}/quantity`, value: line.quantity + 1, version: state.order.version }
  const answer = await socket.emitWithAck('order:save', { room, input })
  socket.disconnect()
  expect(answer).toMatchObject({ ok: true })
}
