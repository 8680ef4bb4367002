import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '#components/realtime/new-id'
import type { Random } from '#server/random'
import { TestLine } from '#server/realtime/test-line'
import type { Started } from '#server/test-process'

interface Attack {
  url: string
  visitor: Started['visitors'][number]
  room: string
  random: Random
}

/** How long an attack is kept up, in milliseconds. */
const patience = 2_000

/** Asks as fast as it can, until it is cut off or tired. Answers whether there was a server to ask, as all here do. */
export async function flood({ url, visitor, room, random }: Attack): Promise<boolean> {
  const line = await greeted(url, visitor)
  if (!line) return false
  const packets = random.pick([
    () => JSON.stringify(['chat:post', { room, input: { id: newId(), body: 'flood' } }]),
    () => JSON.stringify(['chat:join', { room }]),
    () => JSON.stringify(['chat:page', { room, input: { from: 1, to: 50 } }]),
    () => JSON.stringify(['alive', {}]),
  ])
  void line.ask(JSON.stringify(['chat:join', { room }]))
  const end = Date.now() + patience
  while (!line.end && Date.now() < end) {
    for (let count = 0; count < 50; count++) void line.ask(packets())
    await wait(20)
  }
  line.close()
  return true
}

/** Says something that no client of ours says, and waits for the server to close the line. */
export async function malformed({ url, visitor, room, random }: Attack): Promise<boolean> {
  if (random.next() < 0.2) return rubbish(url, random)
  const line = await greeted(url, visitor)
  if (!line) return false
  line.send(random.pick(frames(room)))
  await Promise.race([line.closed, wait(patience)])
  line.close()
  return true
}

const frames = (room: string): (string | Uint8Array)[] => [
  '42["chat:post"',
  '42{}',
  '42["chat:dance",{}]',
  `42["chat:post:join",{"room":"${room}"}]`,
  '42["__proto__:join",{"room":"constructor"}]',
  `42["chat:join",{"room":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`,
  `42["chat:post",{"room":"${room}","input":{"body":"${'x'.repeat(80_000)}"}}]`,
  '451-["chat:post",{"_placeholder":true,"num":0}]',
  '9',
  '40/admin,{}',
  new Uint8Array([0, 159, 146, 150, 255]),
]

/** Bytes that are no WebSocket and no HTTP, or an upgrade that never goes on. */
async function rubbish(url: string, random: Random): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let reached = false
  socket.on('connect', () => {
    reached = true
  })
  socket.on('error', () => socket.destroy())
  socket.write(
    random.pick([
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n',
      'GET /socket.io/?EIO=9&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n',
    ]),
  )
  await Promise.race([once(socket, 'close').catch(() => {}), wait(patience)])
  socket.destroy()
  return reached
}

async function greeted(url: string, { cookie, csrfToken }: Attack['visitor']): Promise<TestLine | undefined> {
  // Just now the server may be down.
  const line = await TestLine.open(url, { headers: { origin: url, cookie } }).catch(() => undefined)
  await line?.greet({ csrfToken })
  return line
}
