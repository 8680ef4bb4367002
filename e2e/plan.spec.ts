import { expect, test } from './fixtures'
import { expectAccessible, expectFitting, photograph } from './look'
import { largeOrder, orderOneMore, PlanPage } from './plan-page'
import { badge, expectJoined, expectReturned, signIn } from './sign-in'

test('one calculates: both screens are busy with their name, then show the same plan, and so does who comes later', async ({
  person,
}) => {
  const [ben, cleo] = await Promise.all([person('ben'), person('cleo')])
  const href = await largeOrder(ben, 0)
  const [mine, theirs] = await Promise.all([PlanPage.open(ben, href), PlanPage.open(cleo, href)])
  await expect(theirs.panel.getByText('There is no plan yet')).toBeVisible()

  await mine.calculate('Exhaustive')
  await mine.expectBusy('You have')
  await theirs.expectBusy('ben has')
  await expect(theirs.cancelButton).toHaveCount(0)
  await theirs.expectProgress()
  await expect(theirs.panel.getByText(/Best so far: €[\d,.]+, \d+ tours?/)).toBeVisible()
  await cleo.reload()
  await theirs.expectBusy('ben has')
  await theirs.expectProgress()
  await mine.cancelButton.click()
  await expect(theirs.panel.getByText('ben cancelled the calculation.').last()).toBeVisible()
  for (const one of [mine, theirs]) await one.expectFree()
  await expect(mine.calculateButton).toBeFocused()

  await mine.calculate('Quick')
  await expect(theirs.panel).toHaveAttribute('data-plan', 'there', { timeout: 20_000 })
  await expect(mine.panel).toHaveAttribute('data-plan', 'there')
  const tours = await mine.tours.allInnerTexts()
  expect(tours.length).toBeGreaterThan(0)
  expect(await theirs.tours.allInnerTexts()).toEqual(tours)
  await expect(theirs.panel.getByRole('img', { name: /^Map of the tours from the workshop: tour 1 to / })).toBeVisible()
  await cleo.reload()
  await expect(theirs.tours).toHaveText(tours.map((text) => new RegExp(text.split('\n')[0] ?? '')))

  await orderOneMore(cleo, href)
  for (const one of [mine, theirs]) {
    await expect(one.panel.getByText('The order has changed since this plan was made.')).toBeVisible()
  }
})

test('two press at once: one calculates, the other is told who; an admin cancels from a third screen', async ({
  person,
}) => {
  const [ada, ben, cleo] = await Promise.all([person('ada'), person('ben'), person('cleo')])
  const href = await largeOrder(ben, 1)
  const [admins, mine, theirs] = await Promise.all([ada, ben, cleo].map((page) => PlanPage.open(page, href)))
  if (!admins || !mine || !theirs) throw new Error('A page is missing.')
  for (const one of [mine, theirs]) await one.panel.getByText('Exhaustive', { exact: true }).click()
  // Pressed without a look at whether they can be: the push may have taken the one away before the other's press.
  await Promise.all(
    [mine, theirs].map((one) =>
      one.calculateButton.evaluate((button) => button instanceof HTMLElement && button.click()),
    ),
  )

  await expect(admins.panel).toHaveAttribute('aria-busy', 'true')
  const winner = (
    await admins.panel
      .getByText(/^(ben|cleo) has been calculating since/)
      .first()
      .textContent()
  )?.split(' ')[0]
  const [first, second] = winner === 'ben' ? [mine, theirs] : [theirs, mine]
  await first.expectBusy('You have')
  await second.expectBusy(`${winner} has`)
  // Whoever pressed before the push came was refused in words; after it there was nothing to press.
  await expect(second.cancelButton).toHaveCount(0)

  await admins.cancelButton.click()
  for (const one of [mine, theirs]) {
    await expect(one.panel.getByText('ada cancelled the calculation.').last()).toBeVisible()
    await one.expectFree()
  }
})

test('killed in mid-calculation, the server frees the panel on the other screen within 15 s of its return', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  for (const error of [/WebSocket connection to .* failed/, /net::ERR_/, /CLIENT_FETCH_ERROR/]) expectError(error)
  const [ben, cleo] = [await visitor({ baseURL: ownApp.url }), await visitor({ baseURL: ownApp.url })]
  await signIn(ben, 'ben')
  await signIn(cleo, 'cleo')
  const href = await largeOrder(ben, 0)
  const [mine, theirs] = [await PlanPage.open(ben, href), await PlanPage.open(cleo, href)]
  await mine.calculate('Exhaustive')
  await theirs.expectBusy('ben has')
  await theirs.expectProgress()

  await ownApp.kill()
  await expect(theirs.panel).toHaveAttribute('data-status', 'offline')
  await expect(theirs.panel.getByText('The line is cut')).toBeVisible()
  await ownApp.restart()
  await expectReturned(cleo)
  await theirs.expectFree()
  await expect(theirs.panel.getByText('The calculation is lost.', { exact: true })).toBeVisible()
  await theirs.calculate('Quick')
  await expect(theirs.panel).toHaveAttribute('data-plan', 'there', { timeout: 20_000 })
})

test('it is readable on a phone, in light and dark, while it calculates and when the plan is there', async ({
  person,
}) => {
  const ada = await person('ada')
  const page = await PlanPage.open(ada, await largeOrder(ada, 2))
  const inspect = async (name: string) => {
    for (const width of [1280, 360]) {
      await ada.setViewportSize({ width, height: 900 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await ada.emulateMedia({ colorScheme })
        await page.panel.scrollIntoViewIfNeeded()
        await photograph(ada, `plan-${name}-${width}-${colorScheme}`)
        await expectFitting(ada)
        await expectAccessible(ada)
      }
    }
  }
  await page.calculate('Quick')
  await expect(page.panel).toHaveAttribute('data-plan', 'there', { timeout: 20_000 })
  await page.panel.locator('summary').first().click()
  await inspect('there')
  await page.calculate('Exhaustive')
  await page.expectProgress()
  await inspect('busy')
  if (await page.cancelButton.isVisible()) await page.cancelButton.click()
  await page.expectFree()
})

test('offline it says so, cannot be pressed, and comes back by itself', async ({ person, expectError }) => {
  for (const error of [/WebSocket connection to .* failed/, /net::ERR_/, /CLIENT_FETCH_ERROR/]) expectError(error)
  const ben = await person('ben')
  const page = await PlanPage.open(ben, await largeOrder(ben, 3))
  await ben.context().setOffline(true)
  await expect(badge(ben)).toHaveAttribute('data-status', 'offline')
  await expect(page.panel.getByText('This may not be the newest plan.')).toBeVisible()
  await expect(page.calculateButton).toBeDisabled()
  await ben.context().setOffline(false)
  await expectJoined(ben)
  await page.expectFree()
})
