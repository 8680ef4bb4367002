import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream, volatile } from '#channels/contract'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { changeRole, renameUser } from '#server/models/user'
import { recheckPerson, recheckRoom } from '#server/realtime/person'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'

/** Rooms whose doors the tests hold: `admins` for admins, `guests` for those on a list, others for all. */
const vault = defineChannel({
  name: 'vault',
  room: z.string(),
  state: z.object({ holds: z.string() }),
  pushes: { put: stream(z.string()), seen: volatile(z.string()) },
  calls: {
    put: { input: z.string(), output: z.string() },
    look: { input: z.string(), output: z.string(), volatile: true },
  },
})

/** Closed, it holds back whoever comes to it. */
class Gate {
  #closed: Promise<void> | undefined
  #open = () => {}
  waiting = 0

  close(): void {
    this.#closed = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  open(): void {
    this.#open()
    this.#closed = undefined
    this.waiting = 0
  }

  async pass(): Promise<void> {
    this.waiting++
    await this.#closed
  }
}

const [authorizing, loading, putting] = [new Gate(), new Gate(), new Gate()]
const guests = new Set<string>()
let done: string[] = []
/** Who is seen to come, and how they are seen to go. */
const entered: string[] = []

const serveVault = serve(vault, {
  authorize: async ({ session: { user }, room }) => {
    const open = { admins: user.role === 'admin', guests: guests.has(user.id) }[room] ?? true
    // What was found holds when it is said, however late that is.
    await authorizing.pass()
    if (!open) refuse('forbidden', 'For others.')
  },
  state: async () => {
    await loading.pass()
    return { holds: 'gold' }
  },
  enter: ({ session: { user } }) => {
    entered.push(user.name)
    return (departure) => entered.push(departure)
  },
  calls: {
    put: async ({ session: { user } }, text) => {
      await putting.pass()
      done.push(`${user.role} ${text}`)
      return user.name
    },
    look: async ({ room }, text) => {
      await publish(vault, room, 'seen', text)
      return text
    },
  },
})

let server: TestServer
let root: Visitor
let visitor: Visitor
let socket: Socket
let told: unknown[]
let people = 0

beforeAll(async () => {
  server = await startTestServer({ channels: [serveVault] })
  root = await server.signIn('ada')
})
afterAll(() => server.stop())
beforeEach(async () => {
  for (const gate of [authorizing, loading, putting]) gate.open()
  const name = `person-${++people}`
  await container().database.prisma.user.create({ data: { name, role: 'admin', passwordHash: 'none' } })
  visitor = await server.signIn(name)
  socket = await open()
  told = []
  socket.on('person', ({ role }) => told.push(role))
  socket.on('vault:left', ({ room, code }) => told.push(`left ${room}: ${code}`))
  done = []
  entered.length = 0
})

/** A socket that has been told for the first time whose it is. */
async function open(): Promise<Socket> {
  const opened = server.open(visitor)
  await new Promise((resolve, reject) => opened.once('person', resolve).once('connect_error', reject))
  return opened
}

const user = () => visitor.session.user
const demote = () => changeRole(root.session.user, user().id, 'member')
const promote = () => changeRole(root.session.user, user().id, 'admin')
const join = (room: string, from = socket) => from.emitWithAck('vault:join', { room })
const put = (room: string, input: string) => socket.emitWithAck('vault:put', { room, input })
const tells = (...words: unknown[]) => expect.poll(() => told).toEqual(words)
const members = (room: string) => container().io.of('/').adapter.rooms.get(`vault/${room}`)?.size ?? 0

/** What a socket hears in its rooms, from now on. */
function hear(by = socket): string[] {
  const heard: string[] = []
  by.on('vault:push', ({ pushes }: PushFrame) => heard.push(...pushes.map(({ data }) => String(data))))
  return heard
}

describe('whoever has lost a role', () => {
  test('is out of the room with the commit, though it takes long to know, and is told why and who they are', async () => {
    await join('admins')
    const heard = hear()
    authorizing.close()
    await demote()
    await publish(vault, 'admins', 'put', 'secret')
    await publish(vault, 'admins', 'seen', 'secret')
    expect(told).toEqual([])
    authorizing.open()
    await tells('left admins: forbidden', 'member')
    expect(heard).toEqual([])
    expect(members('admins')).toBe(0)
    expect(entered).toEqual([user().name, 'left'])
  })

  test('is refused what they had asked before, and stays on the line', async () => {
    await join('admins')
    putting.close()
    const first = put('admins', 'begun')
    const rest = Array.from({ length: 20 }, () => put('admins', 'waiting'))
    await expect.poll(() => putting.waiting).toBe(1)
    await demote()
    await tells('left admins: forbidden', 'member')
    putting.open()
    expect(await first).toMatchObject({ ok: true })
    for (const answer of await Promise.all(rest)) expect(answer).toMatchObject({ ok: false, code: 'forbidden' })
    expect(done).toEqual(['admin begun'])
    expect(socket.connected).toBe(true)
  })

  test('and is not taken for one who never was in the room, by a volatile call either', async () => {
    await join('admins')
    const other = await open()
    await join('admins', other)
    const heard = hear(other)
    authorizing.close()
    await demote()
    const look = socket.emitWithAck('vault:look', { room: 'admins', input: 'who is there' })
    authorizing.open()
    expect(await look).toMatchObject({ ok: false, code: 'forbidden' })
    expect(socket.connected).toBe(true)
    expect(heard).toEqual([])
  })

  test('does not get in with a join that was being looked at', async () => {
    authorizing.close()
    const joining = join('admins')
    await expect.poll(() => authorizing.waiting).toBe(1)
    await demote()
    const heard = hear()
    loading.close()
    authorizing.open()
    // Were the socket let in on what held before, it would hear this while its state is being read.
    await publish(vault, 'admins', 'put', 'secret')
    loading.open()
    expect(await joining).toMatchObject({ ok: false, code: 'forbidden' })
    expect(heard).toEqual([])
    expect(members('admins')).toBe(0)
  })

  test('nor reads the state with a join that was let in already', async () => {
    loading.close()
    const joining = join('admins')
    await expect.poll(() => loading.waiting).toBe(1)
    await demote()
    loading.open()
    expect(await joining).toMatchObject({ ok: false, code: 'forbidden' })
    await expect.poll(() => members('admins')).toBe(0)
  })

  test('nor by a handshake that read the old one', async () => {
    for (let round = 0; round < 10; round++) {
      await promote()
      const late = server.open(visitor)
      const connected = new Promise((resolve) => late.once('connect', () => resolve(join('admins', late))))
      const last = new Promise((resolve) => late.on('person', ({ role }) => role === 'member' && resolve(role)))
      await demote()
      await connected
      await last
      expect(await join('admins', late)).toMatchObject({ ok: false, code: 'forbidden' })
      late.disconnect()
    }
    await expect.poll(() => members('admins')).toBe(0)
  })
})

test('a socket whose session has ended unseen is closed when its person is looked at', async () => {
  const end = endOf(socket)
  const data = { endedAt: new Date(), endReason: 'revoked' as const }
  await container().database.prisma.session.update({ where: { id: visitor.session.id }, data })
  recheckPerson(user().id)
  expect(await end).toMatchObject({ reason: 'revoked', retry: false })
})

test('of two changes in a row the last one holds', async () => {
  await join('admins')
  authorizing.close()
  await demote()
  await promote()
  await demote()
  authorizing.open()
  await tells('left admins: forbidden', 'member')
  expect(members('admins')).toBe(0)
})

test('whoever has gained a role is told so, and gets in', async () => {
  await demote()
  await tells('member')
  expect(await join('admins')).toMatchObject({ ok: false, code: 'forbidden' })
  await promote()
  await tells('member', 'admin')
  expect(await join('admins')).toMatchObject({ ok: true })
})

test('a new name goes with the next call, on every socket, and nobody leaves a room for it', async () => {
  const other = await open()
  for (const one of [socket, other]) await join('hall', one)
  entered.length = 0
  const name = randomUUID().slice(0, 8)
  const heard = new Promise((resolve) => other.once('person', resolve))
  await renameUser(user(), user().id, name)
  expect(await put('hall', 'mine')).toEqual({ ok: true, output: name })
  expect(await heard).toEqual({ id: user().id, name, role: 'admin' })
  expect(told).toEqual(['admin'])
  expect(members('hall')).toBe(2)
  expect(entered).toEqual(['cut', name, 'cut', name])
})

test('a room that is still allowed lacks nothing of what came while it was in doubt', async () => {
  await join('hall')
  const heard = hear()
  authorizing.close()
  await renameUser(user(), user().id, randomUUID().slice(0, 8))
  await publish(vault, 'hall', 'put', 'one')
  await publish(vault, 'hall', 'put', 'two')
  authorizing.open()
  // The newest is enough: from its number the client sees what it lacks.
  await expect.poll(() => heard).toContain('two')
  await publish(vault, 'hall', 'put', 'three')
  await expect.poll(() => heard.at(-1)).toBe('three')
})

describe('a room', () => {
  test('is left by the one who was taken off its list, and by nobody else', async () => {
    const ben = await server.signIn('ben')
    const other = await server.connect(ben)
    for (const id of [user().id, ben.session.user.id]) guests.add(id)
    for (const one of [socket, other]) expect(await join('guests', one)).toMatchObject({ ok: true })
    const [here, there] = [hear(), hear(other)]
    guests.delete(user().id)
    recheckRoom(vault, 'guests', user().id)
    await publish(vault, 'guests', 'put', 'for guests')
    await tells('left guests: forbidden', 'admin')
    await expect.poll(() => there).toEqual(['for guests'])
    expect(here).toEqual([])
  })

  test('is left by all who may not be in it any more, and their other rooms stay', async () => {
    guests.add(user().id)
    for (const room of ['guests', 'hall']) await join(room)
    const outside = await server.connect(root)
    await join('hall', outside)
    guests.clear()
    recheckRoom(vault, 'guests')
    await tells('left guests: forbidden')
    expect(await put('hall', 'still here')).toMatchObject({ ok: true })
    const input = { room: 'hall', input: 'never was there' }
    expect(await outside.emitWithAck('vault:put', input)).toMatchObject({ ok: true })
  })

  test('does not let in a join that was being looked at when its list changed', async () => {
    guests.add(user().id)
    authorizing.close()
    const joining = join('guests')
    await expect.poll(() => authorizing.waiting).toBe(1)
    guests.clear()
    recheckRoom(vault, 'guests')
    authorizing.open()
    expect(await joining).toMatchObject({ ok: false, code: 'forbidden' })
  })

  test('is open to one who was put on its list, who is told to ask again', async () => {
    expect(await join('guests')).toMatchObject({ ok: false })
    guests.add(user().id)
    recheckRoom(vault, 'guests', user().id)
    await tells('admin')
    expect(await join('guests')).toMatchObject({ ok: true })
  })
})
