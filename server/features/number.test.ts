import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NumberMode, type NumberState, type Place, type Reservation, seriesRoom } from '#channels/number'
import type { Pushed } from '#channels/wire'
import { container } from '#server/container'
import { createSeries, takeNumbers } from '#server/models/number-series'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ settings: { CALL_BURST: '1000', HANDSHAKES_PER_MINUTE: '100000' } })
})
afterAll(() => server.stop())

type Answer<Output> = { ok: true; output: Output } | { ok: false; code: string; message: string }

const ask = <Output = Reservation>(
  socket: Socket,
  call: string,
  room: string,
  input: object,
): Promise<Answer<Output>> => socket.timeout(30_000).emitWithAck(`number:${call}`, { room, input })
const join = async (socket: Socket, room: string): Promise<NumberState> => {
  const reply = await socket.timeout(30_000).emitWithAck('number:join', { room })
  expect(reply).toMatchObject({ ok: true })
  return reply.state
}
const outputOf = <Output>(answer: Answer<Output>): Output => (answer.ok ? answer.output : expect.fail(answer.message))
const arrive = async (name: string, ...rooms: string[]) => {
  const socket = await server.connect(await server.signIn(name))
  const pushes: Pushed[] = []
  socket.on('number:push', (frame: { pushes: Pushed[] }) => pushes.push(...frame.pushes))
  for (const room of rooms) await join(socket, room)
  return { socket, pushes }
}

test('what is not allowed is refused by its code, and takes no number', async () => {
  const { socket } = await arrive('ben', 'invoice', seriesRoom)
  expect(await socket.emitWithAck('number:join', { room: 'nothing' })).toMatchObject({ ok: false, code: 'not-found' })
  const id = randomUUID()
  expect(await ask(socket, 'reserve', 'invoice', { id: 'mine' })).toMatchObject({ ok: false, code: 'invalid' })
  expect(await ask(socket, 'reserve', seriesRoom, { id })).toMatchObject({ ok: false, code: 'not-found' })
  const edit = { title: 'x', prefix: 'x-', padding: 1, yearly: false, mode: 'fast', version: 0, next: null }
  expect(await ask(socket, 'change', 'invoice', edit)).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await ask(socket, 'add', seriesRoom, { ...edit, key: 'x' })).toMatchObject({ ok: false, code: 'forbidden' })
  expect(await ask(socket, 'add', 'invoice', { ...edit, key: 'x' })).toMatchObject({ ok: false, code: 'invalid' })
  expect((await join(socket, 'invoice')).next).toMatchObject({ value: 1 })
})

test('an id in capitals is the same id', async () => {
  const { socket } = await arrive('ben', 'delivery')
  const id = randomUUID()
  const first = outputOf(await ask(socket, 'reserve', 'delivery', { id: id.toUpperCase() }))
  expect(outputOf(await ask(socket, 'reserve', 'delivery', { id }))).toEqual({ ...first, id })
})

test('others see what is held, confirmed and given back, and what is next', async () => {
  const [{ socket: ben }, cleo] = await Promise.all([arrive('ben', 'credit'), arrive('cleo', 'credit')])
  const [first, second] = [
    await ask(ben, 'reserve', 'credit', { id: randomUUID() }),
    await ask(ben, 'reserve', 'credit', { id: randomUUID() }),
  ].map(outputOf)
  await ask(ben, 'confirm', 'credit', { id: second?.id })
  await ask(ben, 'giveBack', 'credit', { id: first?.id })
  await eventually(() =>
    expect(cleo.pushes).toMatchObject([
      { push: 'reserved', data: { reservation: first, next: { value: 2 } } },
      { push: 'reserved', data: { reservation: second, next: { value: 3 } } },
      { push: 'confirmed', data: { id: second?.id, state: 'confirmed' } },
      { push: 'returned', data: { reservation: { id: first?.id }, next: { value: 1 }, expired: false } },
    ]),
  )
})

test('numbers taken for orders show on the page of their series', async () => {
  const { pushes } = await arrive('cleo', 'order')
  await takeNumbers('order', 25)
  const values = () => pushes.flatMap(({ push, data }) => (push === 'taken' ? [(data as Place).value] : []))
  await eventually(() => expect(values().at(-1)).toBe(26))
})

test('a held number goes back by itself when its time is over', async () => {
  const { socket, pushes } = await arrive('ben', 'invoice')
  const { id } = outputOf(await ask(socket, 'reserve', 'invoice', { id: randomUUID() }))
  // The rest of its two minutes is cut short, and the server looks at the time anew, as it does at each reservation.
  const until = new Date(Date.now() + 300)
  await container().database.prisma.numberReservation.update({ where: { id }, data: { until } })
  container().work.numbers.look()
  await eventually(() =>
    expect(pushes.at(-1)).toMatchObject({ push: 'returned', data: { reservation: { id }, expired: true } }),
  )
  expect(await ask(socket, 'confirm', 'invoice', { id })).toMatchObject({ ok: false, code: 'conflict' })
})

const clients = 30
const each = 8

test.each<NumberMode>(['fast', 'gapless'])(
  `${clients} people take ${each} each of a %s series at once: none twice, none left out`,
  async (mode) => {
    const key = `burst-${mode}`
    await createSeries([{ key, title: key, prefix: `${key}-`, padding: 4, yearly: false, mode }])
    const names = Array.from({ length: clients }, (_, nth) => `${mode} ${nth}`)
    await container().database.prisma.user.createMany({ data: names.map((name) => ({ name, passwordHash: 'none' })) })
    const sockets = await Promise.all(names.map(async (name) => (await arrive(name, key)).socket))
    const taken = await Promise.all(
      sockets.map(async (socket, nth) => {
        const values: number[] = []
        while (values.length < each) {
          const id = randomUUID()
          // Every third asks twice at once, as one does whose answer is late.
          const asks = (nth + values.length) % 3 === 0 ? 2 : 1
          const answers = await Promise.all(Array.from({ length: asks }, () => ask(socket, 'reserve', key, { id })))
          const [first, again = first] = answers.map(outputOf)
          expect(again).toEqual(first)
          values.push(outputOf(await ask(socket, 'confirm', key, { id })).value)
        }
        return values
      }),
    )
    const all = taken.flat().sort((one, other) => one - other)
    expect(all).toEqual(Array.from({ length: clients * each }, (_, nth) => nth + 1))
  },
  60_000,
)
