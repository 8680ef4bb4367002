import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, roomKey, type StateOf, stream } from '#channels/contract'
import { id } from '#channels/id'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { openRoom } from './room'
import { connectAs } from './test-client'

// The two ways to learn of a change: the push brings the values, or it brings ids and the screen fetches.

const shifts = defineChannel({
  name: 'shift',
  room: z.string(),
  state: z.object({ hours: z.record(z.string(), z.number()) }),
  pushes: { planned: stream(z.object({ day: z.string(), hours: z.number() })) },
  calls: {},
})
const shiftFold: Fold<typeof shifts> = {
  pushes: { planned: ({ hours }, planned) => ({ hours: { ...hours, [planned.day]: planned.hours } }) },
}

const payslip = z.object({ id, salary: z.number() })
const payslips = defineChannel({
  name: 'payslip',
  confidential: true,
  room: z.uuid(),
  state: z.object({ payslips: z.array(payslip) }),
  pushes: {
    issued: stream(z.object({ payslip: id })),
    opened: latest(z.object({ payslip: id, reader: id }), ({ reader }) => reader),
  },
  calls: { read: { input: z.object({ payslip: id }), output: payslip } },
})
const payslipFold: Fold<typeof payslips> = {
  pushes: { issued: (state) => state },
  outputs: {
    read: (state, read) => ({ payslips: [...state.payslips.filter((one) => one.id !== read.id), read] }),
  },
}

const stored = new Map<string, z.infer<typeof payslip>[]>()
/** The accountant's door: the row, and the push with its id. */
async function issue(room: string, salary: number): Promise<void> {
  const issued = { id: id.parse(randomUUID()), salary }
  stored.set(room, [...(stored.get(room) ?? []), issued])
  await publish(payslips, room, 'issued', { payslip: issued.id })
}

const servePayslips = serve(payslips, {
  authorize: ({ session, room }) => {
    if (room !== session.user.id) refuse('forbidden', 'Not your payslips.')
  },
  state: async ({ room }) => ({ payslips: stored.get(room) ?? [] }),
  calls: {
    read: async ({ room }, input) =>
      stored.get(room)?.find((one) => one.id === input.payslip) ?? refuse('not-found', 'There is no such payslip.'),
  },
})
const serveShifts = serve(shifts, { authorize: () => {}, state: async () => ({ hours: {} }), calls: {} })

let server: TestServer
let ben: Visitor
let connection: Connection
/** Everything that was pushed to this line, as it travelled. */
let travelled: string[]

beforeAll(async () => {
  server = await startTestServer({ channels: [servePayslips, serveShifts] })
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(() => {
  connection = connectAs(server.url, ben)
  travelled = []
  connection.socket.onAny((event: string, frame: PushFrame) => travelled.push(event + JSON.stringify(frame)))
})
afterEach(() => connection.hangUp())

const nowhere = { epoch: '', seq: 0 }
const logged = (room: string) => container().database.prisma.logEntry.findMany({ where: { room } })

test('a push that holds more than ids is refused, and so is the key of a newest value', async () => {
  const room = ben.session.user.id
  const slip = { payslip: id.parse(randomUUID()) }
  // No type can tell: a text that was only said to be an id.
  const salary = { payslip: '5000' as typeof slip.payslip }
  await expect(publish(payslips, room, 'issued', salary)).rejects.toThrow(z.ZodError)
  expect(await logged(roomKey(payslips, room))).toEqual([])

  const keyed = { ...payslips.pushes.opened, key: () => '5000' as typeof slip.payslip }
  const careless = { ...payslips, pushes: { opened: keyed } }
  await expect(publish(careless, room, 'opened', { ...slip, reader: slip.payslip })).rejects.toThrow(z.ZodError)
  expect(container().latest.read(payslips, room)).toEqual([])
})

test('a field beside the ids never leaves, though no type has seen it', async () => {
  const room = ben.session.user.id
  const slip = { payslip: id.parse(randomUUID()), salary: 5_000 }
  await publish(payslips, room, 'issued', slip)
  expect(await logged(roomKey(payslips, room))).toMatchObject([{ data: { payslip: slip.payslip } }])
  expect(JSON.stringify(await logged(roomKey(payslips, room)))).not.toContain('salary')
})

test('the push brings the values: the screen has them at once', async () => {
  const room = openRoom(connection, shifts, 'team', { state: { hours: {} }, position: nowhere }, shiftFold)
  await until(() => room.snapshot.status === 'joined')
  await publish(shifts, 'team', 'planned', { day: 'Monday', hours: 7 })
  await eventually(() => expect(room.snapshot.state.hours).toEqual({ Monday: 7 }))
  expect(travelled.join()).toContain('"hours":7')
})

test('the push brings an id and the screen fetches: the values travel to whoever may see them, when they ask', async () => {
  const name = ben.session.user.id
  stored.delete(name)
  const initial = { state: { payslips: [] }, position: nowhere }
  const room = openRoom<typeof payslips>(connection, payslips, name, initial, payslipFold)
  room.watch(({ push, data }) => {
    if (push === 'issued') void room.call('read', payslips.pushes.issued.data.parse(data))
  })
  const salaries = (state: StateOf<typeof payslips>) => state.payslips.map(({ salary }) => salary).sort()
  const shows = (...expected: number[]) => eventually(() => expect(salaries(room.snapshot.state)).toEqual(expected))
  await until(() => room.snapshot.status === 'joined')
  await issue(name, 5_001)
  await shows(5_001)

  connection.socket.io.engine.close()
  await issue(name, 5_002)
  await shows(5_001, 5_002)
  expect(travelled.filter((one) => one.startsWith('payslip:push'))).not.toEqual([])
  expect(travelled.join()).not.toMatch(/500\d/)
  expect(JSON.stringify(await logged(roomKey(payslips, name)))).not.toMatch(/500\d/)
})
