import { expect, type Locator, type Page } from '@playwright/test'

export interface Wish {
  severity?: 'Notice' | 'Warning' | 'Urgent'
  audience?: 'Everyone' | 'Members' | 'Admins'
  /** Instead of an audience: one person's name. */
  person?: string
  holdsFor?: '15 minutes' | '1 hour' | 'until withdrawn'
  /** Milliseconds since 1970. */
  startsAt?: number
  countsTo?: number
  mustAcknowledge?: boolean
}

/** As a person would type the moment into its field; the browser is in the time zone of this process. */
function typed(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** What an admin does on the page in the settings. */
export class BroadcastPage {
  constructor(readonly page: Page) {}

  async send(text: string, wish: Wish = {}): Promise<void> {
    const { severity, audience, person, holdsFor, startsAt, countsTo, mustAcknowledge } = wish
    if (new URL(this.page.url()).pathname !== '/settings/broadcast') await this.page.goto('/settings/broadcast')
    // The label is what is there to be pressed; the radio button itself is for screen readers.
    for (const name of [severity, audience]) if (name) await this.page.getByText(name, { exact: true }).first().click()
    if (person) {
      await this.page.getByText('One person', { exact: true }).click()
      await this.page.getByLabel('Person', { exact: true }).selectOption({ label: person })
    }
    if (startsAt) await this.page.getByLabel('Starts').fill(typed(startsAt))
    if (countsTo) await this.page.getByLabel('Counts down to').fill(typed(countsTo))
    if (mustAcknowledge) await this.page.getByRole('switch', { name: 'Must be acknowledged' }).click()
    if (holdsFor) await this.page.getByLabel('Holds for').selectOption({ label: holdsFor })
    await this.page.getByLabel('Message').fill(text)
    await this.page.getByRole('button', { name: 'Broadcast', exact: true }).click()
    await expect(this.standing(text)).toBeVisible()
    await expect(this.page.getByLabel('Message')).toHaveValue('')
  }

  standing(text: string): Locator {
    return this.page.locator('main li:is([data-stage=standing], [data-stage=planned])').filter({ hasText: text })
  }

  async edit(text: string, change: { text?: string; endsAt?: number }): Promise<void> {
    await this.standing(text).getByRole('button', { name: 'Edit' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Edit this broadcast' })
    if (change.text) await dialog.getByLabel('Message').fill(change.text)
    if (change.endsAt) await dialog.getByLabel('Ends').fill(typed(change.endsAt))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toHaveCount(0)
  }

  async withdraw(text: string): Promise<void> {
    await this.standing(text).getByRole('button', { name: 'Withdraw' }).click()
    await this.page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click()
    await expect(this.standing(text)).toHaveCount(0)
  }
}

/** The banner with this text on a screen. */
export function banner(page: Page, text: string): Locator {
  return page.getByRole('status', { name: 'Broadcasts' }).getByText(text)
}

export async function dismiss(page: Page, text: string): Promise<void> {
  const rows = page.getByRole('status', { name: 'Broadcasts' }).locator('> div')
  await rows.filter({ hasText: text }).getByRole('button', { name: 'Dismiss' }).click()
}
