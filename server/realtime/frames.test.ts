import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { TestLine } from './test-line'

let server: TestServer
let ben: Visitor
let line: TestLine

const arrive = () => TestLine.open(server.url, { headers: { origin: server.url, cookie: ben.cookie } })

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(async () => {
  line = await arrive()
})
afterEach(() => line.close())

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const malformed = { said: { reason: 'malformed', retry: false }, code: 1005 }

describe('after the greeting, closed as malformed', () => {
  beforeEach(async () => {
    expect(await line.greet({ csrfToken: ben.csrfToken })).toMatch(/^0\{/)
  })

  test.each([
    ['a second greeting', '40'],
    ['a greeting of another namespace', '40/admin,{}'],
    ['an event for another namespace', '42/admin,["chat:join",{"room":"general"}]'],
    ['a refusal', '44{"message":"no"}'],
    ['an answer to a question never asked', '431[{}]'],
    ['an answer in binary', '461-1[{"_placeholder":true,"num":0}]'],
    ['an event in binary', '451-["chat:join",{"_placeholder":true,"num":0}]'],
    ['an event without a name', '42'],
    ['an event of nothing', '42[]'],
    ['an event named as Socket.IO names its own', '42["disconnect"]'],
    ['an event named by what it is not', '42[{"toString":"x"},{}]'],
    ['an event that is no list', '42{"0":"alive"}'],
    ['no JSON', '42["chat:join",{"room":'],
    ['nesting without end', `42["chat:join",${nested(30_000)}]`],
    ['a nested input', `421["alive",${nested(30_000)}]`],
    ['a packet of no type', '49'],
    ['a frame that is no packet', 'hello'],
    ['an empty frame', ''],
    ['a ping, which is for us to send', '2'],
    ['an empty packet', '4'],
    ['a packet of Engine.IO that only a server sends', '0{"sid":"x"}'],
    ['an upgrade there is not', '5'],
    ['a farewell with a payload', '41{"x":1}'],
  ])('%s', async (_, frame) => {
    line.send(frame)
    await line.closed
    expect(line.end).toEqual(malformed)
  })

  test('binary data', async () => {
    line.send(Buffer.from('42["alive",{}]'))
    await line.closed
    expect(line.end).toEqual(malformed)
  })

  test.each<[string, number, () => void]>([
    ['text that is no UTF-8', 1007, () => line.send(Buffer.from([0x34, 0x32, 0xff, 0xfe]), { binary: false })],
    ['a message over the limit', 1009, () => line.send(`42["alive",${' '.repeat(64 * 1024)}{}]`)],
    [
      'one over the limit in pieces',
      1009,
      () => {
        for (let piece = 0; piece < 5; piece++) line.send(' '.repeat(16 * 1024), { fin: false })
      },
    ],
  ])('%s is closed with the WebSocket’s own code %d', async (_, code, send) => {
    send()
    await line.closed
    expect(line.end).toEqual({ code })
  })

  test('answers to no ping, again and again', async () => {
    for (let count = 0; count < 30; count++) line.send('3')
    await line.closed
    expect(line.end).toEqual(malformed)
  })

  test('pings, again and again', async () => {
    for (let count = 0; count < 30; count++) line.ping()
    await line.closed
    expect(line.end).toEqual(malformed)
  })
})

describe('before the greeting, closed', () => {
  test.each(['42["alive",{}]', '41', '43[]', '40/admin,', '40/admin,{}', '40[]', '40"x"', '45', 'x'])(
    '%s',
    async (frame) => {
      line.send(frame)
      await line.closed
      expect(line.end?.said).toBeUndefined()
    },
  )

  test('an event that does not wait for the answer to the greeting', async () => {
    line.send(`40${JSON.stringify({ csrfToken: ben.csrfToken })}`)
    line.send('42["alive",{}]')
    await line.closed
  })

  test('a second greeting, while the first is being answered, and neither is kept', async () => {
    const greeting = `40${JSON.stringify({ csrfToken: ben.csrfToken })}`
    line.send(greeting)
    line.send(greeting)
    await line.closed
    // What is asked next is answered after all that has been asked before.
    const other = await arrive()
    await other.greet({ csrfToken: ben.csrfToken })
    const kept: unknown = Reflect.get(container().io.of('/'), '_preConnectSockets')
    expect(kept).toHaveProperty('size', 0)
    other.close()
  })
})

test('a client of ours says all it has to say', async () => {
  await line.greet({ csrfToken: ben.csrfToken })
  line.send('3')
  line.ping()
  expect(await line.ask('["alive",{}]')).toMatch(/^30\[\{"ok":true/)
  line.send('41')
  await line.closed
  // Closed in order, not cut.
  expect(line.end).toEqual({ code: 1005 })
})
