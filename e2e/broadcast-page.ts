import { expect, type Locator, type Page } from '@playwright/test'

export interface Wish {
  severity?: 'Notice' | 'Warning' | 'Urgent'
  audience?: 'Everyone' | 'Members' | 'Admins'
  holdsFor?: '15 minutes' | '1 hour' | 'until withdrawn'
}

/** What an admin does on the page in the settings. */
export class BroadcastPage {
  constructor(readonly page: Page) {}

  async send(text: string, { severity, audience, holdsFor }: Wish = {}): Promise<void> {
    if (new URL(this.page.url()).pathname !== '/settings/broadcast') await this.page.goto('/settings/broadcast')
    // The label is what is there to be pressed; the radio button itself is for screen readers.
    for (const name of [severity, audience]) if (name) await this.page.getByText(name, { exact: true }).first().click()
    if (holdsFor) await this.page.getByLabel('Holds for').selectOption({ label: holdsFor })
    await this.page.getByLabel('Message').fill(text)
    await this.page.getByRole('button', { name: 'Broadcast', exact: true }).click()
    await expect(this.standing(text)).toBeVisible()
    await expect(this.page.getByLabel('Message')).toHaveValue('')
  }

  standing(text: string): Locator {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: text })
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
