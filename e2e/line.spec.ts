import type { WebSocket } from '@playwright/test'
import { openTo } from '#components/catalog'
import { ChatRoom } from './chat-room'
import { expect, test } from './fixtures'
import { expectJoined } from './sign-in'

const people = [
  { name: 'ada', role: 'admin' },
  { name: 'ben', role: 'member' },
] as const

for (const { name, role } of people) {
  test(`a tab of the ${role} ${name} has one socket, whichever pages are walked through`, async ({ person }) => {
    const page = await person(name)
    await page.goto('about:blank')
    const lines: WebSocket[] = []
    page.on('websocket', (line) => lines.push(line))

    await page.goto('/')
    await expectJoined(page)
    for (const round of [1, 2]) {
      for (const { title, href } of openTo(role)) {
        // What follows the title is how much is unread.
        const name = new RegExp(`^${title}( ?\\d|$)`)
        const link = page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name })
        await link.click()
        await page.waitForURL((url) => url.pathname.startsWith(href))
        await expect(link, `${title}, round ${round}`).toHaveAttribute('aria-current', 'page')
        await expectJoined(page)
      }
    }
    for (const title of ['orders', 'hall-2', 'general']) {
      await page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name: 'Chat' }).click()
      // It leads to the first room; who goes on before it is there makes a history of their own.
      await new ChatRoom(page, 'general').expectJoined()
      await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: title }).click()
      await new ChatRoom(page, title).expectJoined()
    }
    await page.goBack()
    await new ChatRoom(page, 'hall-2').expectJoined()

    expect(lines.map((line) => new URL(line.url()).pathname)).toEqual(['/socket.io/'])
    expect(lines.filter((line) => line.isClosed())).toEqual([])

    await page.reload()
    await new ChatRoom(page, 'hall-2').expectJoined()
    expect(lines).toHaveLength(2)
  })
}
