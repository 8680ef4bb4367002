import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { JobsPage, stateOn } from './job-page'
import { tabTo } from './keyboard'
import { expectJoined } from './sign-in'

test('a report is made with the keyboard alone; everyone sees it, its owner is told, and it comes as a file and on paper', async ({
  person,
}) => {
  const [ben, cleo] = await Promise.all([person('ben', '/jobs'), person('cleo', '/jobs')])
  await Promise.all([expectJoined(ben), expectJoined(cleo)])
  await new JobsPage(cleo).show('Everyone’s')
  const form = ben.getByRole('form', { name: 'Report over all orders' })
  await tabTo(ben.getByRole('radio', { name: 'Import', exact: true }))
  await ben.keyboard.press('ArrowRight')
  await tabTo(form.getByRole('radio', { name: 'You and admins' }))
  await ben.keyboard.press('ArrowRight')
  await tabTo(form.getByRole('button', { name: 'Make the report' }))
  await ben.keyboard.press('Enter')

  const title = 'Report over all orders'
  for (const page of [ben, cleo]) {
    await expect(new JobsPage(page).row(title)).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  }
  await expect(new JobsPage(cleo).row(title).getByRole('button')).toHaveCount(0)
  await expect(ben.getByText(`${title}: done.`)).toBeAttached()
  const toast = ben.locator('[data-sonner-toast]').filter({ hasText: `Done: ${title}` })
  await expect(toast).toBeVisible()

  await cleo.getByRole('link', { name: title }).first().click()
  await expect(stateOn(cleo)).toHaveAttribute('data-state', 'done')
  await expect(cleo.getByRole('table', { name: 'By line of products' }).getByRole('row')).toHaveCount(7)
  const href = await cleo.getByRole('link', { name: /^orders-.*\.csv/ }).getAttribute('href')
  const file = await cleo.request.get(href ?? '')
  expect(file.headers()['content-type']).toContain('text/csv')
  // Those there were from the start, and what other tests have placed.
  const orders = (await file.text()).trim().split('\r\n').length - 1
  expect(orders).toBeGreaterThanOrEqual(300)
  await expect(cleo.getByRole('log')).toContainText(`${orders.toLocaleString('en-GB')} orders written`)

  await cleo.getByRole('link', { name: 'Page to print' }).click()
  await expect(cleo.getByRole('button', { name: 'Print' })).toBeVisible()
  await expect(cleo.getByRole('navigation')).toHaveCount(0)
  await cleo.emulateMedia({ media: 'print' })
  await expect(cleo.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(cleo.getByRole('heading', { name: title })).toBeVisible()
})

test('prices are changed by admins alone, and a job that is one’s own stays so until it is shared', async ({
  person,
  expectError,
}) => {
  expectError(/status of 404/)
  const [ada, ben] = await Promise.all([person('ada', '/jobs'), person('ben', '/jobs')])
  await Promise.all([expectJoined(ada), expectJoined(ben)])
  await expect(ben.getByRole('radio', { name: 'New prices' })).toHaveCount(0)
  await new JobsPage(ada).choose('New prices')
  await ada.getByLabel('By how much at most, in %').fill('31')
  await expect(ada.getByLabel('By how much at most, in %')).toHaveAccessibleDescription(/At most 30 %\./)
  await new JobsPage(ada).start('New prices', false)
  await expect(ada.getByRole('main').getByRole('alert')).toContainText('Not started')
  await ada.getByLabel('By how much at most, in %').fill('7')
  await new JobsPage(ada).start('New prices', false)

  const title = 'New prices, by 7 % at most'
  await expect(new JobsPage(ada).row(title)).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await ada.getByRole('link', { name: title }).first().click()
  await expect(ada.getByRole('heading', { name: 'Largest changes' })).toBeVisible()
  await new JobsPage(ben).show('Everyone’s')
  await expect(new JobsPage(ben).row(title)).toHaveCount(0)
  const answer = await ben.goto(ada.url())
  expect(answer?.status()).toBe(404)

  await ada.getByRole('button', { name: `Remove ${title}` }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(ada.getByText('This job has been removed')).toBeVisible()
  await ada.getByRole('link', { name: 'All jobs' }).click()
  await expectJoined(ada)
  await expect(new JobsPage(ada).row(title)).toHaveCount(0)
})

test('a report whose answer is lost and that is asked for again is made once', async ({ person }) => {
  const [cleo, ben] = await Promise.all([person('cleo'), person('ben', '/jobs')])
  await expectJoined(ben)
  await new JobsPage(ben).show('Everyone’s')
  const reports = (page: Page) => page.getByRole('main').getByRole('listitem', { name: 'Report over all orders' })
  const before = await reports(ben).count()
  let cut = () => {}
  let letBack = () => {}
  const back = new Promise<void>((resolve) => {
    letBack = resolve
  })
  let lines = 0
  await cleo.routeWebSocket(/socket\.io/, async (line) => {
    if (++lines > 1) await back
    const server = line.connectToServer()
    let deaf = false
    line.onMessage((message) => {
      deaf ||= lines === 1 && String(message).includes('jobs:start')
      server.send(message)
    })
    server.onMessage((message) => {
      if (!deaf) line.send(message)
    })
    cut = () => void line.close()
  })
  await cleo.goto('/jobs')
  await expectJoined(cleo)

  await new JobsPage(cleo).start('Report', true)
  await expect(reports(ben)).toHaveCount(before + 1)
  cut()
  const alert = cleo.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('The line was cut. Press again: it is not started twice.')
  letBack()
  await cleo.getByRole('button', { name: 'Make the report' }).click()
  await expect(cleo.getByText('The job is started.')).toBeVisible()
  await expect(alert).toHaveCount(0)
  await new JobsPage(cleo).show('Everyone’s')
  for (const page of [ben, cleo]) await expect(reports(page)).toHaveCount(before + 1)
})
