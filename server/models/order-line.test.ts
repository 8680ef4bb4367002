import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OrderRecord, theirs } from '#channels/order'
import { mostLines } from '#channels/orders'
import { addLine, removeLine } from './order-line'
import { readOrder } from './order-row'
import { saveField } from './order-save'
import { undoChange } from './order-undo'
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
const added = () => ({ id: randomUUID(), productId: shop.first.id, siteId: shop.site(0), quantity: 3 })
const unknown = randomUUID()

test('a line that cannot be there is refused', async () => {
  const foreign = shop.other.sites[0]?.id ?? ''
  const elsewhere = (await readOrder(await shop.place())).order.lines[0]?.id ?? ''
  const add = (change: object) => addLine(ben(), id, { ...added(), ...change })
  await expect(add({ productId: unknown })).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is no such product.',
  })
  await expect(add({ siteId: foreign })).rejects.toMatchObject({ code: 'not-found', message: 'There is no such site.' })
  await expect(add({ quantity: 0 })).rejects.toMatchObject({ code: 'invalid' })
  await expect(add({ id: elsewhere })).rejects.toMatchObject({ code: 'conflict' })
  const full = Array.from({ length: mostLines }, () => ({
    productId: shop.first.id,
    siteId: shop.site(0),
    quantity: 1,
  }))
  await expect(addLine(ben(), await shop.place({ lines: full }), added())).rejects.toMatchObject({
    code: 'conflict',
    message: `An order has at most ${mostLines} lines.`,
  })
})

test('a line that must stay is not removed', async () => {
  const remove = (which: string, version = 0) => removeLine(ben(), id, { id: which, version })
  await expect(remove(unknown)).rejects.toMatchObject({ code: 'not-found' })
  await saveField(ada(), id, { field: `line/${line().id}/quantity`, value: 11, version: 0 })
  const stale = await remove(line().id).catch((error: unknown) => error)
  expect(stale).toMatchObject({ code: 'conflict', message: 'ada has changed this meanwhile.' })
  expect(theirs.parse(Reflect.get(Object(stale), 'details').theirs)).toMatchObject({
    value: { quantity: 11 },
    version: 1,
  })
  await shop.prisma.orderLine.update({ where: { id: line().id }, data: { produced: 1 } })
  await expect(remove(line().id, 1)).rejects.toMatchObject({ message: 'Pieces of this line have been made already.' })
  await remove(line(1).id)
  await shop.prisma.orderLine.update({ where: { id: line().id }, data: { produced: 0 } })
  await expect(remove(line().id, 1)).rejects.toMatchObject({ message: /^An order has one line at least/ })
})

test('added and removed again and again by one whose answers are lost, it is added and removed once', async () => {
  const one = added()
  expect(await addLine(ben(), id, one)).toEqual({ version: 1 })
  expect(await addLine(ben(), id, one)).toEqual({ version: 1 })
  let { order } = await readOrder(id)
  expect(order.lines.map(({ position }) => position)).toEqual([1, 2, 3])
  expect(order.totalCents).toBe(13 * shop.first.priceCents + 5 * shop.second.priceCents)
  expect(await removeLine(ada(), id, { id: one.id, version: 1 })).toEqual({ version: 2 })
  expect(await removeLine(ada(), id, { id: one.id, version: 1 })).toEqual({ version: 2 })
  await expect(addLine(ben(), id, one)).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { value: null } },
  })
  await expect(saveField(ben(), id, { field: `line/${one.id}/quantity`, value: 4, version: 1 })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { value: null, by: { name: 'ada' } } },
  })
  order = (await readOrder(id)).order
  expect(order.lines).toHaveLength(2)
  expect(order.totalCents).toBe(held.order.totalCents)
})

test('a line added again with other content is a conflict that names it, and it stays as it was first asked for', async () => {
  const one = added()
  await addLine(ben(), id, one)
  const foreign = { ...one, siteId: shop.site(1) }
  for (const other of [{ ...one, quantity: 4 }, { ...one, productId: shop.second.id }, foreign]) {
    const refused = await addLine(ben(), id, other).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'conflict',
      message: `3 of ${shop.first.name} were added already, as it was first asked for.`,
    })
    const { theirs: given } = Reflect.get(Object(refused), 'details')
    expect(theirs.parse(given)).toMatchObject({ field: `line/${one.id}`, version: 1, value: { quantity: 3 } })
  }
  const { order } = await readOrder(id)
  expect(order).toMatchObject({ version: 1 })
  expect(order.lines).toHaveLength(3)
  // What was done to it since makes it no other line.
  await saveField(ada(), id, { field: `line/${one.id}/quantity`, value: 4, version: 1 })
  expect(await addLine(ben(), id, one)).toEqual({ version: 2 })
  await expect(addLine(ben(), id, { ...one, quantity: 4 })).rejects.toMatchObject({ code: 'conflict' })
  // One that was there from the beginning was never added.
  await expect(addLine(ben(), id, { ...one, id: line().id })).rejects.toMatchObject({ code: 'conflict' })
})

test('a line whose ids are in capitals is pushed as it is loaded afresh', async () => {
  const { id: lineId, productId, siteId } = added()
  const [upper = '', ...rest] = [lineId, productId, siteId].map((one) => one.toUpperCase())
  await addLine(ben(), id, { id: upper, productId: rest[0] ?? '', siteId: rest[1] ?? '', quantity: 3 })
  const { order, history, fields } = await readOrder(id)
  expect(history[0]?.after).toEqual(order.lines.find((one) => one.id === lineId))
  expect(Object.keys(fields)).toEqual([`line/${lineId}`])
  expect(await addLine(ben(), id, { id: lineId, productId, siteId, quantity: 3 })).toEqual({ version: 1 })
  await saveField(ben(), id, { field: `line/${lineId}/site`, value: shop.site(1).toUpperCase(), version: 1 })
  expect((await readOrder(id)).history[0]?.after).toBe(shop.site(1))
})

test('what is someone else’s, not the last, or overtaken, is not taken back', async () => {
  const undo = (actor: ReturnType<typeof ada>, version: number) => undoChange(actor, id, { version })
  await expect(undo(ben(), 1)).rejects.toMatchObject({ code: 'not-found' })
  await expect(undo(ben(), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'invalid' })
  await saveField(ada(), id, { field: 'contact', value: 'Ms Ebert', version: 0 })
  await expect(undo(ben(), 1)).rejects.toMatchObject({ code: 'forbidden' })
  await saveField(ada(), id, { field: 'note', value: 'By the back door', version: 0 })
  await expect(undo(ada(), 1)).rejects.toMatchObject({ message: 'You have changed something else since.' })
  await saveField(ben(), id, { field: 'note', value: 'By the front door', version: 2 })
  await expect(undo(ada(), 2)).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { field: 'note', value: 'By the front door', by: { name: 'ben' } } },
  })
  expect((await readOrder(id)).order).toMatchObject({ version: 3, contact: 'Ms Ebert', note: 'By the front door' })
})

test('one’s own last change is taken back once, and that too', async () => {
  await saveField(ben(), id, { field: 'dueOn', value: '2027-01-31', version: 0 })
  await saveField(ada(), id, { field: 'contact', value: 'Ms Ebert', version: 0 })
  expect(await undoChange(ben(), id, { version: 1 })).toEqual({ version: 3 })
  expect(await undoChange(ben(), id, { version: 1 })).toEqual({ version: 3 })
  const { order, history } = await readOrder(id)
  expect(order).toMatchObject({ version: 3, dueOn: held.order.dueOn, contact: 'Ms Ebert' })
  expect(history[0]).toMatchObject({ field: 'dueOn', undoes: 1, before: '2027-01-31', after: held.order.dueOn })
  await undoChange(ben(), id, { version: 3 })
  expect((await readOrder(id)).order.dueOn).toBe('2027-01-31')
})

test('a line comes back as it was, with its own price, and goes again', async () => {
  const removed = line(1)
  await removeLine(ben(), id, { id: removed.id, version: 0 })
  await shop.prisma.product.update({ where: { id: shop.second.id }, data: { priceCents: 1 } })
  await addLine(ada(), id, added())
  await undoChange(ben(), id, { version: 1 })
  const { order } = await readOrder(id)
  expect(order.lines.find((one) => one.id === removed.id)).toEqual({ ...removed, position: 3 })
  await undoChange(ada(), id, { version: 2 })
  expect((await readOrder(id)).order.totalCents).toBe(held.order.totalCents)
})
