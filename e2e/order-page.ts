import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import { connect, heldBy } from './client'
import { expectJoined } from './sign-in'

interface Wish {
  reference?: string
  dueOn?: string
}

/** Places an order as the person of this page, past its screen; answers with its id and number. */
export async function placeOrder(page: Page, { reference = '', dueOn = '2027-03-31' }: Wish = {}) {
  const socket = await connect(await heldBy(page))
  if (typeof socket === 'string') throw new Error(`The client was refused: ${socket}`)
  const ask = async (event: string, request: object) => {
    const answer = await socket.timeout(20_000).emitWithAck(event, { room: 'all', ...request })
    if (!answer.ok) throw new Error(`${event}: ${answer.code}: ${answer.message}`)
    return answer.output
  }
  try {
    await ask('orders:join', {})
    const { customers, products } = await ask('orders:choices', { input: {} })
    const customer = customers.find((one: { sites: unknown[] }) => one.sites.length > 1)
    const lines = products.slice(0, 2).map(({ id }: { id: string }) => ({ productId: id, quantity: 10 }))
    const input = { id: randomUUID(), customerId: customer.id, siteId: customer.sites[0].id, lines }
    const words = { priority: 'normal', dueOn, reference, contact: '', note: '' }
    const placed: { id: string; number: string } = await ask('orders:place', { input: { ...input, ...words } })
    return placed
  } finally {
    socket.disconnect()
  }
}

/** One order on one screen. */
export class OrderPage {
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  static async open(page: Page, id: string): Promise<OrderPage> {
    await page.goto(`/orders/${id}`)
    await expectJoined(page)
    const opened = new OrderPage(page, id)
    await expect(opened.panel).toHaveAttribute('data-status', 'joined')
    return opened
  }

  get panel(): Locator {
    return this.page.locator('div[data-version]')
  }

  /** The control of a field, by its label: `Contact`. */
  control(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  /** The field around it: its state, its notices, who is at it. */
  field(part: string): Locator {
    return this.page.locator(`[data-part="${part}"]`)
  }

  async fill(label: string, value: string): Promise<void> {
    await this.control(label).fill(value)
    await this.control(label).press('Enter')
    // Who is still in the field is not shown what others save.
    await this.control(label).blur()
  }

  async expectPhase(part: string, phase: string): Promise<void> {
    await expect(this.field(part)).toHaveAttribute('data-phase', phase)
  }

  history(text: string | RegExp): Locator {
    return this.page.getByRole('list', { name: 'History' }).getByRole('listitem').filter({ hasText: text })
  }

  get conflict(): Locator {
    return this.page.getByRole('alert').filter({ hasText: 'Keep mine' })
  }
}
