import { expect, type Locator, type Page } from '@playwright/test'
import { connect, heldBy } from './client'
import { expectJoined } from './sign-in'

let count = 0

/** A series that no other test uses, made by the admin of this page; answers its key. Its prefix is `<KEY>-`. */
export async function makeSeries(admin: Page, mode: 'fast' | 'gapless' = 'gapless'): Promise<string> {
  const key = `e${(Date.now() % 100_000_000).toString(36)}${++count}-s`
  const socket = await connect(await heldBy(admin))
  if (typeof socket === 'string') throw new Error(`The client was refused: ${socket}`)
  const input = { key, title: `Test ${key}`, prefix: `${key.toUpperCase()}-`, padding: 3, yearly: false, mode }
  for (const [event, request] of [
    ['number:join', { room: 'all' }],
    ['number:add', { room: 'all', input }],
  ] as const) {
    const answer = await socket.timeout(20_000).emitWithAck(event, request)
    expect(answer).toMatchObject({ ok: true })
  }
  socket.disconnect()
  return key
}

/** One series as a person sees it. */
export class NumberPage {
  readonly reserve: Locator
  readonly own: Locator
  readonly others: Locator
  readonly confirmed: Locator
  readonly next: Locator

  constructor(
    readonly page: Page,
    readonly key: string,
  ) {
    this.reserve = page.getByRole('button', { name: 'Reserve', exact: true })
    this.own = page.getByRole('list', { name: 'Your numbers' }).getByRole('listitem')
    this.others = page.getByRole('list', { name: 'Held by others' }).getByRole('listitem')
    this.confirmed = page.getByRole('list', { name: 'Confirmed last' }).getByRole('listitem')
    this.next = page.locator('[data-next]')
  }

  static async open(page: Page, key: string): Promise<NumberPage> {
    await page.goto(`/numbers?series=${key}`)
    const numbers = new NumberPage(page, key)
    await numbers.expectJoined()
    return numbers
  }

  async expectJoined(): Promise<void> {
    await expectJoined(this.page)
    await expect(this.page.locator('main [data-status=joined]').first()).toBeVisible()
  }

  /** As it is written. */
  number(value: number): string {
    return `${this.key.toUpperCase()}-${String(value).padStart(3, '0')}`
  }

  row(value: number): Locator {
    return this.own.filter({ hasText: this.number(value) })
  }

  button(act: 'Confirm' | 'Give back', value: number): Locator {
    return this.page.getByRole('button', { name: `${act} ${this.number(value)}`, exact: true })
  }

  /** Asks for one, and waits until it is held. */
  async take(value: number): Promise<void> {
    await this.reserve.click()
    await expect(this.row(value)).toHaveAttribute('data-state', 'held')
  }
}
