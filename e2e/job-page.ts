import { expect, type Locator, type Page } from '@playwright/test'

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** A file of so many orders of one line each, all for a customer that has one site. */
function ordersFile(rows: number, mark: string): Buffer {
  const due = day(30)
  const lines = Array.from({ length: rows }, (_, nth) => `${mark}-${nth + 1},10001,${due},FI-100,${1 + (nth % 9)}`)
  return Buffer.from(['reference,customer,due,sku,quantity', ...lines].join('\n'))
}

/** The list of jobs as a person sees it. */
export class JobsPage {
  constructor(readonly page: Page) {}

  async show(whose: 'Mine' | 'Everyone’s'): Promise<void> {
    await this.page.getByText(whose, { exact: true }).click()
    await expect(this.page.locator('div[data-status]')).toHaveAttribute('data-status', 'joined')
  }

  row(title: string): Locator {
    return this.page.getByRole('main').getByRole('listitem', { name: title }).first()
  }

  /** Has the form of a kind shown. */
  async choose(kind: 'Import' | 'Report' | 'New prices'): Promise<void> {
    await this.page.getByRole('group', { name: 'Kind of job' }).getByText(kind, { exact: true }).click()
  }

  async start(kind: 'Report' | 'New prices', shown: boolean): Promise<void> {
    await this.choose(kind)
    const form = this.page.getByRole('form', { name: kind })
    if (shown) await form.getByText('Everyone', { exact: true }).click()
    await form.getByRole('button', { name: /^(Make|Change)/ }).click()
  }

  /** Uploads a file of so many orders, and comes out at the page of the job that imports it. */
  async importOrders(rows: number, shown: boolean): Promise<{ path: string; title: string }> {
    const title = `orders-${Date.now()}.csv`
    const form = this.page.getByRole('form', { name: 'Import orders' })
    if (shown) await form.getByText('Everyone', { exact: true }).click()
    const buffer = ordersFile(rows, title)
    await form.locator('input[type=file]').setInputFiles({ name: title, mimeType: 'text/csv', buffer })
    await form.getByRole('button', { name: 'Import orders' }).click()
    await this.page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
    return { path: new URL(this.page.url()).pathname, title }
  }
}

/** The state of the job whose page this is, as it is shown. */
export function stateOn(page: Page): Locator {
  return page.getByRole('main').locator('[role=status][data-state]')
}

/** How far it is, in percent. */
export async function percentOn(page: Page): Promise<number> {
  return Number(await page.getByRole('main').getByRole('progressbar').getAttribute('aria-valuenow'))
}
