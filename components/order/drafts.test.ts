import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { order } from '#channels/order'
import { newId } from '#components/realtime/new-id'
import { openRoom, type Room } from '#components/realtime/room'
import { Cable } from '#components/realtime/test-cable'
import { connectAs } from '#components/realtime/test-client'
import { placeOrder, readChoices } from '#server/models/order-new'
import { openOrder, readOrder } from '#server/models/order-row'
import { saveField } from '#server/models/order-save'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { type Drafts, draftsOf } from './drafts'
import { orderFold } from './order-fold'

let server: TestServer
let ben: Visitor
let cable: Cable
let room: Room<typeof order>
let drafts: Drafts
let id: string

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(async () => {
  const { customers, products } = await readChoices()
  id = newId()
  await placeOrder({
    id,
    customerId: customers[0]?.id ?? '',
    siteId: customers[0]?.sites[0]?.id ?? '',
    priority: 'normal',
    dueOn: '2026-12-24',
    reference: '',
    contact: '',
    note: '',
    lines: [{ productId: products[0]?.id ?? '', quantity: 1 }],
  })
  cable = await Cable.to(server.url)
  room = openRoom(connectAs(cable.url, ben), order, id, await openOrder(id), orderFold)
  drafts = draftsOf(room)
  await eventually(() => expect(room.snapshot.status).toBe('joined'))
})
afterEach(() => {
  room.connection.hangUp()
  cable.close()
})

const contact = async () => (await readOrder(id)).order.contact
const write = (text: string, before: string) => drafts.edit(room, 'contact', text, before)
const phase = () => drafts.all.get('contact')?.phase

/** Saved by the server, but the answer is lost on the way and the line is cut. */
async function saveUnheard(text: string): Promise<void> {
  drafts.begin(room, 'contact', '')
  write(text, '')
  cable.hold()
  drafts.leave(room, 'contact')
  await eventually(async () => expect(await contact()).toBe(text))
  cable.cut()
  await eventually(() => expect(phase()).toBe('unsent'))
}

test('what was written after an answer was lost is saved over what one had saved oneself, without a question', async () => {
  await saveUnheard('Ms Ebert')
  write('Mr Noll', 'Ms Ebert')
  drafts.leave(room, 'contact')
  cable.flow()
  await eventually(async () => expect(await contact()).toBe('Mr Noll'))
  await eventually(() => expect(phase()).toBe('saved'))
  expect((await readOrder(id)).history.map(({ after }) => after)).toEqual(['Mr Noll', 'Ms Ebert'])
})

test('what somebody else has saved since is a conflict all the same', async () => {
  await saveUnheard('Ms Ebert')
  const cleo = await server.signIn('cleo')
  await saveField(cleo.session.user, id, { field: 'contact', value: 'by cleo', version: 1 })
  write('Mr Noll', 'Ms Ebert')
  drafts.leave(room, 'contact')
  cable.flow()
  await eventually(() => expect(phase()).toBe('conflict'))
  expect(drafts.all.get('contact')).toMatchObject({ text: 'Mr Noll', theirs: { value: 'by cleo' } })
  expect(await contact()).toBe('by cleo')
})

test('what was refused is asked for once more by Enter, and may be granted then', async () => {
  const ada = (await server.signIn('ada')).session.user
  drafts.begin(room, 'contact', '')
  write('Ms Ebert', '')
  await saveField(ada, id, { field: 'state', value: 'cancelled', version: 0 })
  drafts.leave(room, 'contact', 'stays')
  await eventually(() => expect(drafts.all.get('contact')).toMatchObject({ phase: 'refused', text: 'Ms Ebert' }))
  await saveField(ada, id, { field: 'state', value: 'open', version: 1 })
  drafts.leave(room, 'contact', 'stays')
  await eventually(async () => expect(await contact()).toBe('Ms Ebert'))
})
