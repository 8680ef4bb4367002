import { expect, test } from './fixtures'
import { tabTo } from './keyboard'
import { makeSeries, NumberPage } from './number-page'

test('both see what the other holds, for how long, and what is next; a reload changes nothing', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada'), person('ben')])
  const key = await makeSeries(ada)
  const [hers, his] = await Promise.all([NumberPage.open(ada, key), NumberPage.open(ben, key)])
  await expect(his.next).toHaveText(his.number(1))

  await his.take(1)
  await hers.take(2)
  await expect(hers.others).toContainText([`ben${hers.number(1)}`])
  await expect(his.others).toContainText([`ada${his.number(2)}`])
  for (const page of [hers, his]) {
    await expect(page.next).toHaveText(page.number(3))
    await expect(page.others.locator('[data-countdown]')).toHaveText(/^1:[0-5]\d$/)
    await expect(page.own.locator('[data-countdown]')).toHaveText(/^1:[0-5]\d$/)
  }

  await ben.reload()
  await his.expectJoined()
  await expect(his.row(1)).toHaveAttribute('data-state', 'held')
  await his.button('Confirm', 1).click()
  for (const page of [hers, his]) await expect(page.confirmed).toContainText([`${page.number(1)}ben`])
  await expect(his.row(1)).toHaveCount(0)
  await expect(hers.others).toHaveCount(0)
  await ben.reload()
  await expect(his.confirmed).toContainText([`${his.number(1)}ben`])
})

test('a number that is given back is the other one’s next, and until then may be held again', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada'), person('ben')])
  const key = await makeSeries(ada)
  const [hers, his] = await Promise.all([NumberPage.open(ada, key), NumberPage.open(ben, key)])
  await his.take(1)
  await his.take(2)
  await his.take(3)

  await his.button('Give back', 1).click()
  await expect(his.row(1)).toHaveAttribute('data-state', 'returned')
  await expect(hers.next).toHaveText(hers.number(1))
  await ben.getByRole('button', { name: `Hold again ${his.number(1)}` }).click()
  await expect(his.row(1)).toHaveAttribute('data-state', 'held')
  await expect(hers.next).toHaveText(hers.number(4))

  for (const value of [2, 1]) await his.button('Give back', value).click()
  await expect(his.own.filter({ hasText: 'was given back' })).toHaveCount(2)
  await hers.take(1)
  await expect(his.row(1)).toHaveCount(0)
  await hers.take(2)
  await hers.take(4)
  // An admin may give back what another holds.
  await hers.others.getByRole('button', { name: `Give back ${hers.number(3)} of ben` }).click()
  await expect(his.row(3)).toHaveAttribute('data-state', 'returned')
  await expect(his.next).toHaveText(his.number(3))
})

for (const lost of ['question', 'answer'] as const) {
  test(`the line is cut and the ${lost} lost: exactly one number is taken`, async ({ person, expectError }) => {
    for (const error of [/WebSocket connection to .* failed/, /net::ERR_/]) expectError(error)
    const [ada, ben] = await Promise.all([person('ada'), person('ben')])
    const key = await makeSeries(ada)
    const hers = await NumberPage.open(ada, key)
    let cut = () => {}
    let letBack = () => {}
    const back = new Promise<void>((resolve) => {
      letBack = resolve
    })
    let lines = 0
    await ben.routeWebSocket(/socket\.io/, async (line) => {
      const first = ++lines === 1
      if (!first) await back
      const server = line.connectToServer()
      let broken = false
      line.onMessage((message) => {
        broken ||= first && String(message).includes('number:reserve')
        if (!(broken && lost === 'question')) server.send(message)
      })
      server.onMessage((message) => {
        if (!broken) line.send(message)
      })
      cut = () => void line.close()
    })
    const his = await NumberPage.open(ben, key)

    await his.reserve.click()
    if (lost === 'answer') await expect(hers.others).toContainText([`ben${hers.number(1)}`])
    await expect(his.own).toHaveAttribute('data-state', 'asked')
    cut()
    await expect(his.own).toHaveAttribute('data-state', 'waiting', { timeout: 15_000 })
    await expect(his.own).toContainText('only one number is taken')
    letBack()
    await his.expectJoined()
    await expect(his.row(1)).toHaveAttribute('data-state', 'held')
    await expect(his.own).toHaveCount(1)
    await expect(hers.others).toHaveCount(1)
    await expect(hers.next).toHaveText(hers.number(2))
    await ben.reload()
    await expect(his.row(1)).toHaveAttribute('data-state', 'held')
    await expect(his.own).toHaveCount(1)
  })
}

test('with the keyboard alone: choose a series, reserve, give back, hold again, confirm', async ({ person }) => {
  const ada = await person('ada')
  const key = await makeSeries(ada, 'fast')
  await ada.goto('/numbers')
  const page = new NumberPage(ada, key)
  await page.expectJoined()
  await tabTo(ada.getByRole('link', { name: `Test ${key}` }))
  await ada.keyboard.press('Enter')
  await ada.waitForURL(`/numbers?series=${key}`)
  await page.expectJoined()

  const yours = ada.getByRole('region', { name: 'Yours' }).locator('div[tabindex]')
  await tabTo(page.reserve)
  await ada.keyboard.press('Enter')
  await tabTo(page.button('Give back', 1))
  await ada.keyboard.press('Enter')
  await expect(page.row(1)).toHaveAttribute('data-state', 'returned')
  // The button that was pressed is gone: the next press of a key must not begin at the top of the page.
  await expect(yours).toBeFocused()
  await tabTo(ada.getByRole('button', { name: `Hold again ${page.number(1)}` }))
  await ada.keyboard.press('Enter')
  await tabTo(page.button('Confirm', 1))
  await ada.keyboard.press('Enter')
  await expect(page.confirmed).toContainText([page.number(1)])
  await expect(yours).toBeFocused()
})

test('an admin changes a series: previewed, seen at once, never over another’s change; a member cannot', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('ada'), person('ben')])
  const key = await makeSeries(ada)
  const [hers, his] = await Promise.all([NumberPage.open(ada, key), NumberPage.open(ben, key)])
  await expect(ben.getByRole('button', { name: 'Change' })).toHaveCount(0)
  await expect(ben.getByRole('button', { name: 'New series' })).toHaveCount(0)
  const otherTab = await ada.context().newPage()
  await NumberPage.open(otherTab, key)
  await otherTab.getByRole('button', { name: 'Change' }).click()
  const stale = otherTab.getByRole('dialog', { name: /^Change Test/ })

  await ada.getByRole('button', { name: 'Change' }).click()
  const dialog = ada.getByRole('dialog', { name: /^Change Test/ })
  await dialog.getByLabel('Prefix').fill(`${key}/7`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('It would run into the number')
  await dialog.getByLabel('Prefix').fill(`${key}/{year}/`)
  await dialog.getByLabel('Digits').fill('5')
  const written = `${key}/${new Date().getFullYear()}/00001`
  await expect(dialog.locator('output')).toHaveText(written)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  for (const page of [hers, his]) await expect(page.next).toHaveText(written)

  await expect(stale).toContainText('Another admin has changed it meanwhile')
  await stale.getByLabel('Title').fill('Not this')
  await stale.getByRole('button', { name: 'Save' }).click()
  await expect(stale.getByRole('alert')).toContainText('It has been changed meanwhile')
  await stale.getByRole('button', { name: 'Start anew' }).click()
  await expect(stale.getByLabel('Prefix')).toHaveValue(`${key}/{year}/`)
  await stale.getByLabel('Title').fill(`Renamed ${key}`)
  await stale.getByRole('button', { name: 'Save' }).click()
  await expect(
    ben.getByRole('navigation', { name: 'Series' }).getByRole('link', { name: `Renamed ${key}` }),
  ).toBeVisible()
})
