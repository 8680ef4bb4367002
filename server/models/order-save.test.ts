import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { historyLength, type OrderRecord, theirs } from '#channels/order'
import { knownVersion, type OrderValue } from '#channels/order-field'
import { readOrder } from './order-row'
import { saveField } from './order-save'
import { openTestWorkshop, type TestWorkshop } from './test-orders'

let shop: TestWorkshop
let id: string
let held: OrderRecord
beforeAll(async () => {
  shop = await openTestWorkshop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  id = await shop.place()
  held = await readOrder(id)
})

const ada = () => shop.person('ada')
const ben = () => shop.person('ben')
const line = (nth = 0) => held.order.lines[nth] ?? expect.fail('no line')
const quantityOf = (nth = 0) => `line/${line(nth).id}/quantity` as const
const siteOf = (nth = 0) => `line/${line(nth).id}/site` as const
const unknown = '00000000-0000-4000-8000-000000000000'
const save = (
  actor: ReturnType<typeof ada>,
  field: Parameters<typeof saveField>[2]['field'],
  value: OrderValue,
  version = 0,
) => saveField(actor, id, { field, value, version })

test.each([
  ['priority', 'urgent', 'Invalid option: expected one of "low"|"normal"|"high"'],
  ['dueOn', 'tomorrow', 'Choose a day.'],
  ['dueOn', '1999-12-31', 'Choose a day of this century.'],
  ['contact', 'x'.repeat(121), 'At most 120 characters.'],
  ['note', 'a\0b', 'It holds characters that cannot be stored.'],
  ['reference', 7, 'Invalid input: expected string, received number'],
] as const)('%s cannot hold %j', async (field, value, message) => {
  await expect(save(ben(), field, value)).rejects.toMatchObject({
    code: 'invalid',
    details: { issues: [{ path: 'value', message }] },
  })
})

test('what an order cannot hold is refused', async () => {
  await shop.prisma.orderLine.update({ where: { id: line().id }, data: { produced: 4 } })
  const taken = await shop.place({ reference: 'X-1' })
  const { number } = (await readOrder(taken)).order
  const foreign = shop.other.sites[0]?.id ?? ''
  const refused = { code: 'invalid' }
  await expect(save(ben(), quantityOf(), 3)).rejects.toMatchObject({
    ...refused,
    message: '4 pieces have been made already.',
  })
  await expect(save(ben(), quantityOf(), 1.5)).rejects.toMatchObject(refused)
  await expect(save(ben(), quantityOf(), 1_001)).rejects.toMatchObject(refused)
  await expect(save(ben(), siteOf(), foreign)).rejects.toMatchObject({
    ...refused,
    message: 'This is no site of the customer.',
  })
  await expect(save(ben(), 'reference', 'X-1')).rejects.toMatchObject({
    ...refused,
    message: `This customer’s order ${number} has this reference.`,
  })
  await expect(save(ben(), `line/${unknown}/quantity`, 3)).rejects.toMatchObject({ code: 'not-found' })
  await expect(saveField(ben(), unknown, { field: 'note', value: 'x', version: 0 })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect((await readOrder(id)).order.version).toBe(0)
})

test('each field is saved by itself, with who and when, and the total follows', async () => {
  await save(ben(), 'priority', 'high')
  await save(ben(), 'dueOn', '2027-01-31')
  await save(ada(), 'reference', ' PO 7 ')
  await save(ada(), 'contact', 'Ms Ebert')
  await save(ada(), 'note', 'First line\nsecond')
  await save(ben(), quantityOf(), 12)
  await save(ben(), siteOf(), shop.site(1))
  const { order, fields, history } = await readOrder(id)
  expect(order).toMatchObject({
    version: 7,
    priority: 'high',
    dueOn: '2027-01-31',
    reference: 'PO 7',
    note: 'First line\nsecond',
  })
  expect(order.totalCents).toBe(12 * shop.first.priceCents + 5 * shop.second.priceCents)
  expect(fields.contact).toMatchObject({ version: 4, by: { name: 'ada' } })
  expect(history.map(({ version, before, after }) => [version, before, after])).toEqual([
    [7, shop.site(0), shop.site(1)],
    [6, 10, 12],
    [5, '', 'First line\nsecond'],
    [4, '', 'Ms Ebert'],
    [3, null, 'PO 7'],
    [2, '2026-12-24', '2027-01-31'],
    [1, 'normal', 'high'],
  ])
})

test('of two who save one field at once, exactly one gets a conflict, with what the other saved', async () => {
  for (let round = 0; round < 5; round++) {
    const version = knownVersion((await readOrder(id)).fields, 'contact')
    const both = [save(ada(), 'contact', `ada ${round}`, version), save(ben(), 'contact', `ben ${round}`, version)]
    const answers = await Promise.allSettled(both)
    const refused = answers.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    const won = answers[0]?.status === 'fulfilled' ? 'ada' : 'ben'
    expect(refused[0]?.reason).toMatchObject({ code: 'conflict', message: `${won} has changed this meanwhile.` })
    expect(theirs.parse(refused[0]?.reason.details.theirs)).toMatchObject({
      field: 'contact',
      value: `${won} ${round}`,
      by: { name: won },
      version: round + 1,
    })
    expect((await readOrder(id)).order.contact).toBe(`${won} ${round}`)
  }
})

test('of those who save different fields at once, nobody disturbs another', async () => {
  await Promise.all([
    save(ada(), 'contact', 'Ms Ebert'),
    save(ben(), 'note', 'By the back door'),
    save(ada(), quantityOf(0), 11),
    save(ben(), quantityOf(1), 6),
  ])
  const { order } = await readOrder(id)
  expect(order).toMatchObject({ version: 4, contact: 'Ms Ebert', note: 'By the back door' })
  expect(order.lines.map(({ quantity }) => quantity)).toEqual([11, 6])
})

test('a save whose answer was lost is repeated without a second change, and without a conflict with oneself', async () => {
  expect(await save(ben(), 'contact', 'Ms Ebert')).toEqual({ version: 1 })
  expect(await save(ben(), 'contact', 'Ms Ebert')).toEqual({ version: 1 })
  // What two people meant alike is no conflict either.
  expect(await save(ada(), 'contact', 'Ms Ebert')).toEqual({ version: 1 })
  expect((await readOrder(id)).history).toHaveLength(1)
})

test('history keeps what there is room for, newest first', async () => {
  for (let nth = 1; nth <= historyLength + 2; nth++) await save(ben(), 'contact', `${nth}`, nth - 1)
  const { history } = await readOrder(id)
  expect(history).toHaveLength(historyLength)
  expect(history[0]).toMatchObject({ version: historyLength + 2, after: `${historyLength + 2}` })
})
