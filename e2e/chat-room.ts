import { expect, type Locator, type Page } from '@playwright/test'
import type { PersonName } from './sign-in'

let count = 0

/** A text that no other test writes. */
export function unique(words: string): string {
  return `${words} ${process.pid}-${Date.now()}-${++count}`
}

/** A room of the chat as a person sees it. */
export class ChatRoom {
  readonly panel: Locator
  readonly log: Locator
  readonly box: Locator
  readonly send: Locator

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.panel = page.getByRole('region', { name, exact: true })
    this.log = this.panel.getByRole('region', { name: 'Messages' })
    this.box = this.panel.getByRole('textbox', { name: `Message ${name}` })
    this.send = this.panel.getByRole('button', { name: 'Send', exact: true })
  }

  static async open(page: Page, name = 'general'): Promise<ChatRoom> {
    const path = `/chat/${name}`
    if (new URL(page.url()).pathname !== path) await page.goto(path)
    const room = new ChatRoom(page, name)
    await room.expectJoined()
    return room
  }

  /** The room the page is on, or is on its way to, whatever its address. */
  static async on(page: Page, name: string): Promise<ChatRoom> {
    const room = new ChatRoom(page, name)
    await room.expectJoined()
    return room
  }

  async expectJoined(): Promise<void> {
    await expect(this.panel).toHaveAttribute('data-status', 'joined')
  }

  /** Writes and presses Enter. */
  async say(text: string): Promise<void> {
    await this.box.fill(text)
    await this.box.press('Enter')
  }

  rows(text: string): Locator {
    return this.log.getByRole('listitem').filter({ hasText: text })
  }

  /** From the menu of a message, as one with a mouse would. */
  async choose(text: string, what: string): Promise<void> {
    const row = this.rows(text)
    await row.hover()
    await row.getByRole('button', { name: /^More about/ }).click()
    await this.page.getByRole('menuitem', { name: what, exact: true }).click()
  }

  /** The numbers that the messages in the document have in the room, from top to bottom. */
  async numbers(): Promise<number[]> {
    return this.log
      .locator('li[data-row]')
      .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.row)))
  }

  /** Waits until it is sent, and asks for it again as often as it has failed. */
  async seeThrough(text: string): Promise<void> {
    const row = this.rows(text)
    const again = row.getByRole('button', { name: 'Send again' })
    await expect(async () => {
      if (await again.isVisible()) await again.click()
      await expect(row).toHaveAttribute('data-state', 'sent', { timeout: 500 })
    }).toPass({ timeout: 30_000 })
  }

  /** There once, and confirmed by the server. */
  async expectSent(text: string): Promise<void> {
    await expect(this.rows(text)).toHaveCount(1)
    await expect(this.rows(text)).toHaveAttribute('data-state', 'sent')
  }
}

/** Two people in two browsers, both in one room. */
export async function bothInGeneral(person: (name: PersonName, path: string) => Promise<Page>) {
  const [ben, cleo] = await Promise.all([person('ben', '/chat/general'), person('cleo', '/chat/general')])
  return Promise.all([ChatRoom.open(ben), ChatRoom.open(cleo)])
}
