import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { pageAnswer, wantsPage } from './page-answer'

let server: Server | undefined
afterEach(() => server?.close())

/** Answers in turn with these; the port is the same as before. */
async function listen(statuses: number[], port = 0): Promise<number> {
  server = createServer((_, response) => {
    response.statusCode = statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 500)
    response.setHeader('connection', 'close').end('page')
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}

/** Asks, and writes down what it waits for. */
function asking(port: number, next: (failures: number) => Promise<void> = async () => {}, signal?: AbortSignal) {
  const events: string[] = []
  const waiting = {
    begin: () => events.push('begin'),
    next: (failures: number) => {
      events.push(`next ${failures}`)
      return next(failures)
    },
  }
  return { events, answer: pageAnswer(() => fetch(`http://127.0.0.1:${port}/`, { signal }), waiting) }
}

test('what was called off is not asked for again', async () => {
  const calledOff = new AbortController()
  calledOff.abort()
  const { answer, events } = asking(await listen([200]), undefined, calledOff.signal)
  await expect(answer).rejects.toThrow('abort')
  expect(events).toEqual([])
})

test('an answer of the server is given as it is, whatever it says', async () => {
  for (const status of [200, 307, 404, 500]) {
    const { answer, events } = asking(await listen([status]))
    expect((await answer).status).toBe(status)
    expect(events).toEqual([])
    server?.close()
  }
})

test('what a proxy says of a server that is away is none', async () => {
  const { answer, events } = asking(await listen([502, 503, 504, 200]))
  expect(await (await answer).text()).toBe('page')
  expect(events).toEqual(['begin', 'next 0', 'next 1', 'next 2'])
})

test('a server that is down is asked again when it is worth a try', async () => {
  const port = await listen([200])
  server?.close()
  const { answer, events } = asking(port, async (failures) => {
    if (failures === 1) await listen([200], port)
  })
  expect((await answer).status).toBe(200)
  expect(events).toEqual(['begin', 'next 0', 'next 1'])
})

test('an answer that is cut in its middle is none', async () => {
  const port = await listen([200])
  server?.removeAllListeners('request').once('request', (_, response) => {
    response.writeHead(200, { 'content-length': 4 }).write('pa', () => {
      response.destroy()
      server?.on('request', (_, whole) => whole.end('page'))
    })
  })
  const { answer, events } = asking(port)
  expect(await (await answer).text()).toBe('page')
  expect(events).toEqual(['begin', 'next 0'])
})

test('only what is wanted now is waited for: not what is fetched ahead, nor what is not a page', () => {
  expect(wantsPage({ headers: { rsc: '1', 'next-router-state-tree': '%5B%5D' } })).toBe(true)
  expect(wantsPage({ headers: { rsc: '1', 'next-router-prefetch': '1' } })).toBe(false)
  expect(wantsPage({ headers: { rsc: '1', 'next-router-segment-prefetch': '/_tree' } })).toBe(false)
  expect(wantsPage({ method: 'POST', headers: { 'next-action': 'a', Accept: 'text/x-component' } })).toBe(false)
  expect(wantsPage(undefined)).toBe(false)
})
