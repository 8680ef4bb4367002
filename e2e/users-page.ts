import { expect, type Locator, type Page } from '@playwright/test'

/** What an admin does on the page of one person. */
export class UserPage {
  private constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  static async open(page: Page, name: string): Promise<UserPage> {
    await page.goto('/settings/users')
    await page.getByRole('main').getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
    return new UserPage(page, name)
  }

  /** By what the policy is called; undefined for that of the installation. */
  async setPolicy(title?: string): Promise<void> {
    const select = this.page.getByLabel('Sign-in policy')
    const options = select.locator('option')
    const option = title ? options.getByText(title, { exact: true }) : options.first()
    const value = (await option.getAttribute('value')) ?? ''
    if ((await select.inputValue()) === value) return
    await select.selectOption(value)
    await expect(select).toHaveValue(value)
    await expect(select).toBeEnabled()
  }

  async setRole(role: 'admin' | 'member'): Promise<void> {
    const select = this.page.getByLabel('Role')
    await select.selectOption(role)
    await expect(select).toHaveValue(role)
  }

  async disable(): Promise<void> {
    await this.page.getByRole('button', { name: 'Disable' }).click()
    await this.page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
    await expect(this.page.getByRole('button', { name: 'Enable' })).toBeVisible()
  }

  async resetPassword(password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'New password' }).fill(password)
    await this.page.getByRole('button', { name: 'Reset' }).click()
    await this.page.getByRole('alertdialog').getByRole('button', { name: 'Reset password' }).click()
    await expect(this.page.getByText(`${this.name} has a new password.`)).toBeVisible()
  }
}

export async function addPerson(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/settings/users')
  await page.getByLabel('Name').fill(name)
  await page.getByRole('textbox', { name: 'First password' }).fill(password)
  await page.getByRole('button', { name: 'Add person' }).click()
  await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toBeVisible()
}

/** The screen over a page whose session has ended, by what it says. */
export function endedScreen(page: Page, title = 'This session was ended for you'): Locator {
  return page.getByRole('alertdialog', { name: title })
}

/** When that screen came, by the clock of the machine. Ask before it can come. */
export function momentOfEnd(page: Page, title = 'This session was ended for you'): Promise<number> {
  return page.evaluate(
    (said) =>
      new Promise<number>((resolve) => {
        new MutationObserver(() => {
          const shown = [...document.querySelectorAll('[role=alertdialog]')]
          if (shown.some(({ textContent }) => textContent?.includes(said))) resolve(Date.now())
        }).observe(document.body, { subtree: true, childList: true })
      }),
    title,
  )
}

/** Runs `act`, and expects the screens to say so within a second of its last request being answered. */
export async function expectEndedWithin(pages: Page[], by: Page, act: () => Promise<void>): Promise<void> {
  const moments = Promise.all(pages.map((page) => momentOfEnd(page)))
  let began = Date.now()
  by.on('request', () => {
    began = Date.now()
  })
  await act()
  for (const moment of await moments) expect(moment - began, 'milliseconds').toBeLessThanOrEqual(1_000)
  for (const page of pages) await expect(endedScreen(page)).toBeVisible()
}
