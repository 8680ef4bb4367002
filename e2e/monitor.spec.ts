import type { Locator, Page } from '@playwright/test'
import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { expectAccessible, expectFitting } from './look'
import { expectJoined } from './sign-in'

/** What the list has of a person's tabs. */
function rows(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Sockets' }).getByRole('listitem', { name: `${name}, /socket.io` })
}

async function filterBy(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Person', exact: true }).fill(name)
}

test('a member gets 403, and no link leads there', async ({ person, expectError }) => {
  expectError(/status of 403/)
  const ben = await person('ben')
  await expect(ben.getByRole('link', { name: 'Monitor' })).toHaveCount(0)
  expect((await ben.goto('/monitor'))?.status()).toBe(403)
  await expect(ben.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible()
})

test('an admin sees a socket come, writes to it and ends it, and its screen says so each time', async ({ person }) => {
  const ada = await person('ada', '/monitor')
  await expectJoined(ada)
  await filterBy(ada, 'ben')
  await expect(ada.getByText('No socket matches')).toBeVisible()

  const ben = await person('ben', '/chat/general')
  await expectJoined(ben)
  const row = rows(ada, 'ben')
  await expect(row).toHaveCount(1)

  const text = unique('Lunch is here')
  await row.getByRole('button', { name: 'Send', exact: true }).click()
  await ada.getByRole('textbox', { name: 'Message' }).fill(text)
  await ada.getByRole('button', { name: 'Send message' }).click()
  await expect(ada.getByText('Sent to 1 socket.')).toBeVisible()
  await expect(ben.getByText('Message from ada')).toBeVisible()
  await expect(ben.getByText(text)).toBeVisible()

  await row.getByRole('button', { name: 'End', exact: true }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'End socket' }).click()
  const ended = ben.getByRole('alertdialog', { name: 'This page’s line was ended' })
  await expect(ended).toBeVisible()
  await expect(row).toHaveCount(0)
  await expect(ada.getByRole('cell', { name: 'Ended by somebody' })).toBeVisible()

  // The session lives on: loading the page again is enough.
  await ended.getByRole('button', { name: 'Load the page again' }).click()
  await expectJoined(ben)
  await expect(row).toHaveCount(1)
})

test('one person’s timeline follows what they do, and all of their tabs are ended at once', async ({ person }) => {
  const ada = await person('ada', '/monitor')
  const cleo = await person('cleo', '/chat/general')
  const otherTab = await cleo.context().newPage()
  await otherTab.goto('/settings/sessions')
  await Promise.all([ada, cleo, otherTab].map(expectJoined))
  await expect(rows(ada, 'cleo')).toHaveCount(2)

  await rows(ada, 'cleo').first().getByRole('button', { name: 'cleo' }).click()
  const timeline = ada.getByRole('list', { name: 'What happened to cleo' })
  await expect(ada.getByLabel('Timeline of')).toBeFocused()
  await expect(timeline.getByText('Joined chat/general').first()).toBeVisible()
  await cleo.goto('/chat/hall-2')
  await expect(timeline.getByText('Joined chat/hall-2').first()).toBeVisible()

  await expect(rows(ada, 'cleo')).toHaveCount(2)
  await ada.getByRole('button', { name: 'End all' }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'End all sockets' }).click()
  for (const page of [cleo, otherTab]) {
    await expect(page.getByRole('alertdialog', { name: 'This page’s line was ended' })).toBeVisible()
  }
  await expect(timeline.getByText('Ended by somebody').first()).toBeVisible()
  await expect(rows(ada, 'cleo')).toHaveCount(0)
})

test('it groups, opens a group, and fits a phone', async ({ person }) => {
  const ada = await person('ada', '/monitor')
  await expectJoined(ada)
  await ada.getByLabel('Group by').selectOption({ label: 'Channel' })
  const group = ada.getByRole('list', { name: 'Sockets' }).getByRole('button', { name: 'monitor', exact: true })
  await group.click()
  await expect(rows(ada, 'ada').first()).toBeVisible()
  await expect(ada.getByText('In rooms of monitor.')).toBeVisible()
  await ada.getByRole('button', { name: 'Show all' }).click()
  await ada.getByLabel('Timeline of').selectOption({ label: 'ada' })
  await expect(ada.getByRole('list', { name: 'What happened to ada' }).getByRole('listitem').first()).toBeVisible()
  await expectAccessible(ada)
  await ada.setViewportSize({ width: 360, height: 740 })
  await expectFitting(ada)
})
