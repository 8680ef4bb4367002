import { expect, test } from './fixtures'
import { JobsPage, percentOn, stateOn } from './job-page'
import { expectJoined, expectReturned, signIn } from './sign-in'

const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]

test('how far a long job is moves on another person’s screen, stays through a reload, and stops at once when an admin cancels it', async ({
  person,
}) => {
  const [ada, ben, cleo] = await Promise.all([person('ada', '/jobs'), person('ben', '/jobs'), person('cleo', '/jobs')])
  await Promise.all([expectJoined(ada), expectJoined(ben), expectJoined(cleo)])
  await Promise.all([ada, cleo].map((page) => new JobsPage(page).show('Everyone’s')))
  const { path, title } = await new JobsPage(ben).importOrders(12_000, true)

  const rows = [ada, cleo].map((page) => page.getByRole('main').getByRole('listitem').filter({ hasText: title }))
  for (const row of rows) await expect(row).toHaveAttribute('data-state', 'running')
  await cleo.goto(path)
  await expectJoined(cleo)
  await expect.poll(() => percentOn(cleo)).toBeGreaterThan(0)
  const before = await percentOn(cleo)
  await cleo.reload()
  expect(await percentOn(cleo)).toBeGreaterThanOrEqual(before)
  await expect.poll(() => percentOn(cleo)).toBeGreaterThan(before)
  await expect(cleo.getByText(/a second/)).toBeVisible()
  await expect(cleo.getByRole('button', { name: /^Cancel/ })).toHaveCount(0)

  await rows[0]?.getByRole('button', { name: /^Cancel/ }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Cancel the job' }).click()
  for (const page of [ben, cleo]) await expect(stateOn(page)).toHaveText(/Stopping|Cancelled/, { timeout: 1_000 })
  for (const page of [ben, cleo]) {
    await expect(stateOn(page)).toHaveAttribute('data-state', 'cancelled', { timeout: 20_000 })
    await expect(page.getByRole('log')).toContainText('Cancelled by ada.')
  }
  await ben.goto('/notifications')
  await expect(ben.getByRole('main').getByText('ada has cancelled it.').first()).toBeVisible()
})

test('the server is killed in the middle of a job: it goes on from there when it is back, and says so', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  for (const error of lineGone) expectError(error)
  const ben = await visitor({ baseURL: ownApp.url })
  await signIn(ben, 'ben', '/jobs')
  await expectJoined(ben)
  await new JobsPage(ben).importOrders(4_000, false)
  await expect(stateOn(ben)).toHaveAttribute('data-state', 'running')
  // The first quarter is checked and changes nothing.
  await expect.poll(() => percentOn(ben), { intervals: [20], timeout: 30_000 }).toBeGreaterThan(35)
  await ownApp.kill()
  await expect(ben.getByText('The line is cut. The job runs on;')).toBeVisible()
  await ownApp.restart()

  await expectReturned(ben)
  const log = ben.getByRole('log')
  await expect(log).toContainText(/The server was stopped while this ran; it goes on from row [\d,]+\./)
  await expect(stateOn(ben)).toHaveAttribute('data-state', 'done', { timeout: 40_000 })
  await expect(ben.getByText('Orders placed').locator('xpath=following-sibling::dd')).toHaveText('4,000')
})
