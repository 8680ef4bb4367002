import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { heldBy } from './client'
import { expect, test } from './fixtures'
import { stateOn } from './job-page'
import { expectAccessible } from './look'
import { expectJoined } from './sign-in'

const heading = 'reference,customer,due,sku,quantity'
const due = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const row = (reference: string, sku = 'FI-100') => `${reference},10001,${due},${sku},3`
/** One order in ten has a product that nobody makes. */
const table = (mark: string, orders: number) =>
  [
    heading,
    ...Array.from({ length: orders }, (_, nth) => row(`${mark}-${nth}`, nth % 10 === 0 ? 'XX-1' : 'FI-100')),
  ].join('\n')

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const importForm = (page: Page) => page.getByRole('form', { name: 'Import orders' })
const choose = (page: Page, file: ReturnType<typeof csv> | string) =>
  importForm(page).locator('input[type=file]').setInputFiles(file)
const submit = (page: Page) => importForm(page).getByRole('button', { name: 'Import orders' }).click()
const figure = (page: Page, name: string) =>
  page.getByText(name, { exact: true }).locator('xpath=following-sibling::dd')
const refused = /Failed to load resource: the server responded with a status of 4/

test('a file is imported, what is wrong with it is listed and downloaded, and others see it if they may', async ({
  person,
  visitor,
  expectError,
}) => {
  expectError(refused)
  const [ben, cleo] = await Promise.all([person('ben', '/jobs'), person('cleo', '/jobs')])
  await expectJoined(ben)
  const file = csv(`march-${Date.now()}.csv`, table(`E${Date.now()}`, 600))
  await choose(ben, file)
  await expect(importForm(ben).getByText('600 rows')).toBeVisible()
  await importForm(ben).getByText('Everyone', { exact: true }).click()
  await submit(ben)
  await ben.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
  const { pathname } = new URL(ben.url())

  await expect(stateOn(ben)).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await expect(figure(ben, 'Orders placed')).toHaveText('540')
  await expect(figure(ben, 'Rows left out')).toHaveText('60')
  const problems = ben.getByRole('list', { name: 'Problems' }).getByRole('listitem')
  await expect(problems).toHaveCount(50)
  await expect(problems.first()).toHaveText(/Row 2.*sku.*There is no product with this SKU\..*XX-1/)
  await ben.getByRole('button', { name: 'Show more' }).click()
  await expect(problems).toHaveCount(60)
  await expectAccessible(ben)

  const begun = ben.waitForEvent('download')
  await ben.getByRole('link', { name: 'Download all as CSV' }).click()
  const list = await readFile(await (await begun).path(), 'utf8')
  expect(list.split('\r\n').slice(0, 2)).toEqual([
    '\ufeffrow,column,value,problem',
    '2,sku,XX-1,There is no product with this SKU.',
  ])
  expect(list.trim().split('\r\n')).toHaveLength(61)

  // Another person, and nobody.
  await cleo.goto(pathname)
  await expect(cleo.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(50)
  const link = await cleo.getByRole('link', { name: /^march-/ }).getAttribute('href')
  const sent = await cleo.request.get(link ?? '')
  expect([sent.status(), (await sent.body()).equals(file.buffer)]).toEqual([200, true])
  expect(sent.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' })
  const stranger = await visitor()
  for (const path of [link ?? '', `${pathname}/files/problems`, '/jobs/sample']) {
    expect((await stranger.request.get(path)).status()).toBe(401)
  }

  // The same file once more, under another name.
  await ben.goto('/jobs')
  await choose(ben, { ...file, name: 'april.csv' })
  await submit(ben)
  await expect(ben.getByRole('alert').filter({ hasText: 'This file was imported before.' })).toBeVisible()
  await importForm(ben)
    .getByRole('link', { name: `Import of ${file.name}` })
    .click()
  await ben.waitForURL(`**${pathname}`)
})

test('a job that is one’s own is no one else’s to see or download', async ({ person, expectError }) => {
  expectError(refused)
  const [ben, cleo] = await Promise.all([person('ben', '/jobs'), person('cleo', '/jobs')])
  await choose(ben, csv('own.csv', table(`O${Date.now()}`, 11)))
  await submit(ben)
  await ben.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
  const { pathname } = new URL(ben.url())
  const link = await ben.getByRole('link', { name: /^own\.csv/ }).getAttribute('href')
  expect((await ben.request.get(link ?? '')).status()).toBe(200)
  for (const path of [link ?? '', `${pathname}/files/problems`])
    expect((await cleo.request.get(path)).status()).toBe(404)
})

test('what cannot be imported says why, and nothing is sent that is too large', async ({ person, expectError }) => {
  expectError(refused)
  const ben = await person('ben', '/jobs')
  await submit(ben)
  await expect(importForm(ben).getByRole('alert')).toContainText('Choose a file first.')
  await choose(ben, csv('people.csv', 'name,age\nada,36'))
  await expect(importForm(ben).getByRole('alert')).toHaveCount(0)
  await submit(ben)
  await expect(importForm(ben).getByRole('alert')).toContainText('The first row does not name the columns.')
  await choose(ben, csv('latin.csv', ''))
  await submit(ben)
  await expect(importForm(ben).getByRole('alert')).toContainText('The file is empty.')

  // From the disk: so much by the line to the browser takes longer than all else here.
  const tooLarge = test.info().outputPath('large.csv')
  await writeFile(tooLarge, `${heading}\n${'x'.repeat(20 * 1024 * 1024)}`)
  await choose(ben, tooLarge)
  await submit(ben)
  await expect(importForm(ben).getByRole('alert')).toContainText('larger than 20 MB')
  // Nor does the server take it, nor anything from elsewhere.
  const { origin, cookie, csrfToken } = await heldBy(ben)
  const send = (headers: Record<string, string>, data: Buffer) =>
    ben.request.post(`/jobs/upload?id=${crypto.randomUUID()}&name=a.csv&mode=good&visibility=own`, {
      headers: { cookie, origin, 'x-csrf-token': csrfToken, ...headers },
      data,
    })
  const large = await send({}, Buffer.alloc(20 * 1024 * 1024 + 1, `${heading}\n`))
  expect([large.status(), await large.json()]).toMatchObject([413, { code: 'too-large' }])
  const small = Buffer.from(heading)
  expect((await send({ origin: 'http://evil.example' }, small)).status()).toBe(403)
  expect((await send({ 'x-csrf-token': 'x' }, small)).status()).toBe(403)
})

test('the sample file can be imported as it is, by dropping it; an upload can be stopped', async ({
  person,
  expectError,
}) => {
  expectError(/Failed to load resource: net::ERR_/)
  const ben = await person('ben', '/jobs')
  await importForm(ben).getByText('What the file looks like').click()
  const begun = ben.waitForEvent('download')
  await importForm(ben).getByRole('link', { name: 'Download a sample file' }).click()
  const sample = await readFile(await (await begun).path(), 'utf8')

  // The line takes nothing, so that the upload waits.
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await ben.route('**/jobs/upload*', async (route) => {
    await held
    await route.continue().catch(() => {})
  })
  const data = await ben.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'orders.csv', { type: 'text/csv' }))
    return transfer
  }, sample)
  await importForm(ben).getByText('Drop a CSV file here').dispatchEvent('drop', { dataTransfer: data })
  await submit(ben)
  await expect(importForm(ben).getByRole('progressbar', { name: 'Upload' })).toBeVisible()
  await importForm(ben).getByRole('button', { name: 'Stop sending' }).click()
  await expect(importForm(ben).getByText('Nothing was imported.')).toBeVisible()
  release()
  await ben.unroute('**/jobs/upload*')

  await importForm(ben).getByText('All rows or none').click()
  await submit(ben)
  await ben.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
  await expect(stateOn(ben)).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await expect(ben.getByText('No problems', { exact: true })).toBeVisible()
})
