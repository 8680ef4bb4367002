import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobsOf, mostActiveJobs } from '#channels/jobs'
import { container } from '#server/container'
import { SteppedKind } from '#server/jobs/test-kind'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'

type Name = 'ada' | 'ben' | 'cleo'
const stepped = new SteppedKind()
let server: TestServer
let people: Record<Name, Visitor>
let lines: Record<Name, Socket>

beforeAll(async () => {
  const kind = stepped.kind(true)
  server = await startTestServer({ jobKinds: { report: kind, reprice: kind } })
  people = { ada: await server.signIn('ada'), ben: await server.signIn('ben'), cleo: await server.signIn('cleo') }
  lines = {
    ada: await server.connect(people.ada),
    ben: await server.connect(people.ben),
    cleo: await server.connect(people.cleo),
  }
  for (const name of ['ada', 'ben', 'cleo'] as const) await join(name, 'jobs', jobsOf(idOf(name)))
})
afterAll(() => server.stop())

const idOf = (name: Name) => people[name].session.user.id
const join = (name: Name, channel: string, room: string) => lines[name].emitWithAck(`${channel}:join`, { room })
/** In the person's own list. */
const call = (name: Name, verb: string, input: unknown) =>
  lines[name].emitWithAck(`jobs:${verb}`, { room: jobsOf(idOf(name)), input })
const refusal = (code: string) => expect.objectContaining({ ok: false, code })

async function start(name: Name, visibility: 'own' | 'everyone', kind = 'report'): Promise<string> {
  const answer = await call(name, 'start', { id: randomUUID(), kind, input: { most: 5 }, visibility })
  expect(answer).toMatchObject({ ok: true })
  return answer.output.id
}
async function cancel(name: Name, id: string): Promise<void> {
  expect(await call(name, 'cancel', { id })).toMatchObject({ ok: true })
  await eventually(async () => expect(await stateOf(id)).toBe('cancelled'))
}
async function stateOf(id: string): Promise<string | undefined> {
  const found = await container().database.prisma.job.findUnique({ where: { id }, select: { state: true } })
  return found?.state
}

test('lists of others are closed: another person’s, and for a member that of all', async () => {
  expect(await join('ben', 'jobs', jobsOf(idOf('ada')))).toEqual(refusal('forbidden'))
  expect(await join('ben', 'jobs', 'all')).toEqual(refusal('forbidden'))
  expect(await join('ben', 'jobs', 'nobody')).toEqual(refusal('not-found'))
  expect(await join('ben', 'jobs', 'everyone')).toMatchObject({ ok: true })
  expect(await join('ada', 'jobs', 'all')).toMatchObject({ ok: true })
})

test('what cannot be started is refused', async () => {
  const id = randomUUID()
  const wrong: [unknown, string][] = [
    [{ kind: 'report', input: {}, visibility: 'own' }, 'invalid'],
    [{ id: 'no id', kind: 'report', input: {}, visibility: 'own' }, 'invalid'],
    [{ id, kind: 'report', input: {}, visibility: 'nobody' }, 'invalid'],
    [{ id, kind: 'import', input: { fileId: randomUUID(), mode: 'all', rows: 1 }, visibility: 'own' }, 'invalid'],
    [{ id, kind: 'reprice', input: { most: 31 }, visibility: 'own' }, 'invalid'],
    [{ id, kind: 'reprice', input: { most: 1.5 }, visibility: 'own' }, 'invalid'],
    [{ id, kind: 'reprice', input: { most: 5 }, visibility: 'own' }, 'forbidden'],
    [null, 'invalid'],
  ]
  for (const [input, code] of wrong) expect(await call('ben', 'start', input)).toEqual(refusal(code))
})

test('a job one may not see is not there: in no list, as no room, for no verb', async () => {
  const hidden = await start('ben', 'own')
  expect(await join('cleo', 'job', hidden)).toEqual(refusal('not-found'))
  for (const verb of ['cancel', 'retry', 'remove']) {
    expect(await call('cleo', verb, { id: hidden, attempt: 1 })).toEqual(refusal('not-found'))
    expect(await call('cleo', verb, { id: randomUUID(), attempt: 1 })).toEqual(refusal('not-found'))
    expect(await call('cleo', verb, { id: 'no id', attempt: 1 })).toEqual(refusal('invalid'))
  }
  expect(JSON.stringify(await join('cleo', 'jobs', 'everyone'))).not.toContain(hidden)
  for (const room of ['all', jobsOf(idOf('ada'))]) {
    expect(JSON.stringify(await join('ada', 'jobs', room)).includes(hidden)).toBe(room === 'all')
  }
  expect(await join('ada', 'job', hidden)).toMatchObject({ ok: true, state: { job: { id: hidden } } })
  await cancel('ada', hidden)
  const told = await container().database.prisma.notification.findMany({ where: { userId: idOf('ben') } })
  expect(told).toMatchObject([{ title: 'Cancelled: Report over all orders', body: 'ada has cancelled it.' }])
})

test('one that is shown to everyone may be looked at, and no more', async () => {
  const shown = await start('ben', 'everyone')
  expect(await join('cleo', 'job', shown)).toMatchObject({ ok: true, state: { job: { owner: { name: 'ben' } } } })
  expect(JSON.stringify(await join('cleo', 'jobs', 'everyone'))).toContain(shown)
  for (const verb of ['cancel', 'retry', 'remove']) {
    expect(await call('cleo', verb, { id: shown, attempt: 1 })).toEqual(refusal('forbidden'))
    const inRoom = await lines.cleo.emitWithAck(`job:${verb}`, { room: shown, input: { attempt: 1 } })
    expect(inRoom).toEqual(refusal('forbidden'))
  }
  await cancel('ben', shown)
})

test('each verb has its time', async () => {
  const id = await start('ben', 'own')
  expect(await call('ben', 'retry', { id })).toEqual(refusal('invalid'))
  expect(await call('ben', 'retry', { id, attempt: 1 })).toEqual(refusal('conflict'))
  expect(await call('ben', 'remove', { id })).toEqual(refusal('conflict'))
  await cancel('ben', id)
  // Asked again after an answer that was lost.
  await cancel('ben', id)
  expect(await call('ben', 'remove', { id })).toMatchObject({ ok: true })
  expect(await stateOf(id)).toBeUndefined()
  expect(await call('ben', 'remove', { id })).toEqual(refusal('not-found'))
})

test('nobody has more than five waiting or running, also of many asked for at once, and a retry counts', async () => {
  const [first, ...others] = await Promise.all(
    Array.from({ length: 8 }, () =>
      call('ben', 'start', { id: randomUUID(), kind: 'report', input: {}, visibility: 'own' }),
    ),
  )
  const granted = [first, ...others].filter(({ ok }) => ok).map(({ output }) => output.id)
  expect(granted).toHaveLength(mostActiveJobs)
  const ended = granted[0] ?? ''
  await cancel('ben', ended)
  granted.push(await start('ben', 'own'))
  expect(await call('ben', 'retry', { id: ended, attempt: 1 })).toEqual(refusal('conflict'))
  for (const id of granted.slice(1)) await cancel('ben', id)
})

test('prices are changed by one job at a time', async () => {
  const id = await start('ada', 'everyone', 'reprice')
  expect(
    await call('ada', 'start', { id: randomUUID(), kind: 'reprice', input: { most: 3 }, visibility: 'own' }),
  ).toEqual(refusal('conflict'))
  await cancel('ada', id)
  const next = await start('ada', 'own', 'reprice')
  expect(await call('ada', 'retry', { id, attempt: 1 })).toEqual(refusal('conflict'))
  await cancel('ada', next)
})

test('a list comes page by page, and each job once', async () => {
  const { prisma } = container().database
  const row = {
    kind: 'report',
    title: 'An old one',
    visibility: 'own',
    ownerId: idOf('cleo'),
    input: {},
    state: 'done',
  } as const
  await prisma.job.createMany({ data: Array.from({ length: 45 }, () => ({ ...row, createdAt: new Date(1_000) })) })
  const { state } = await join('cleo', 'jobs', jobsOf(idOf('cleo')))
  expect((await call('cleo', 'page', { after: null })).output).toEqual(state)
  const seen: string[] = state.jobs.map(({ id }: { id: string }) => id)
  for (let more = state.more, last = state.jobs.at(-1); more; ) {
    const { output } = await call('cleo', 'page', { after: { createdAt: last.createdAt, id: last.id } })
    seen.push(...output.jobs.map(({ id }: { id: string }) => id))
    more = output.more
    last = output.jobs.at(-1)
  }
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(45)
})
