import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { theirs } from '#channels/order'
import { placeOrder, readChoices } from '#server/models/order-new'
import { startTestServer, type TestServer } from '#server/test-server'

let server: TestServer
let ben: Socket
let cleo: Socket
const room = `a${randomUUID().slice(1)}`
beforeAll(async () => {
  server = await startTestServer()
  ben = await server.connect(await server.signIn('ben'))
  cleo = await server.connect(await server.signIn('cleo'))
  const { customers, products } = await readChoices()
  await placeOrder({
    id: room,
    customerId: customers[0]?.id ?? '',
    siteId: customers[0]?.sites[0]?.id ?? '',
    priority: 'normal',
    dueOn: '2026-12-24',
    reference: '',
    contact: '',
    note: '',
    lines: [{ productId: products[0]?.id ?? '', quantity: 1 }],
  })
})
afterAll(() => server.stop())

const save = (socket: Socket, input: object) => socket.emitWithAck('order:save', { room, input })

test('an order there is none of, and a name that is none, cannot be joined', async () => {
  // In capitals the same order would be another room, whose pushes nobody else gets.
  for (const other of [randomUUID(), room.toUpperCase(), 'all', "'; DROP TABLE work_order"]) {
    expect(await ben.emitWithAck('order:join', { room: other })).toMatchObject({ ok: false, code: 'not-found' })
  }
})

test('who has not joined cannot save', async () => {
  const answer = await save(cleo, { field: 'contact', value: 'x', version: 0 })
  expect(answer).toMatchObject({ ok: false, code: 'not-joined' })
})

test('a stale save is a conflict on the wire, with theirs; a field there is none of is invalid', async () => {
  for (const socket of [ben, cleo]) expect(await socket.emitWithAck('order:join', { room })).toMatchObject({ ok: true })
  expect(await save(ben, { field: 'totalCents', value: 0, version: 0 })).toMatchObject({ ok: false, code: 'invalid' })
  expect(await save(ben, { field: 'line/x/quantity', value: 1, version: 0 })).toMatchObject({ code: 'invalid' })
  expect(await save(ben, { field: 'contact', value: { a: 1 }, version: 0 })).toMatchObject({ code: 'invalid' })

  const pushed = new Promise((resolve) => cleo.once('order:push', resolve))
  expect(await save(ben, { field: 'contact', value: 'Ms Ebert', version: 0 })).toEqual({
    ok: true,
    output: { version: 1 },
  })
  expect(await pushed).toMatchObject({
    room,
    pushes: [{ push: 'changed', seq: 1, data: { version: 1, change: { field: 'contact', after: 'Ms Ebert' } } }],
  })
  const answer = await save(cleo, { field: 'contact', value: 'Mr Noll', version: 0 })
  expect(answer).toMatchObject({ ok: false, code: 'conflict', message: 'ben has changed this meanwhile.' })
  expect(theirs.parse(answer.theirs)).toMatchObject({
    field: 'contact',
    value: 'Ms Ebert',
    version: 1,
    by: { name: 'ben' },
  })
})
