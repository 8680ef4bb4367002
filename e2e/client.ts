import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { io, type Socket } from 'socket.io-client'

/** What a browser holds, for a client that is not one. */
export interface Held {
  origin: string
  cookie: string
  csrfToken: string
}

export async function heldBy(page: Page): Promise<Held> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const { origin } = new URL(page.url())
  const cookies = await page.context().cookies(origin)
  return { origin, csrfToken, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
}

/** A stock client with what a browser holds. Resolves with the refusal's code where it is not let in. */
export async function connect({ origin, cookie, csrfToken }: Held): Promise<Socket | string> {
  const socket = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { csrfToken },
    extraHeaders: { origin, cookie },
  })
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', (error) => resolve(error.message))
  })
}

/** Posts as the person of this page, in this order and as fast as the server allows. */
export async function postAll(page: Page, room: string, bodies: string[]): Promise<void> {
  const socket = await connect(await heldBy(page))
  if (typeof socket === 'string') throw new Error(`The client was refused: ${socket}`)
  const ask = async (event: string, request: object) => {
    for (;;) {
      const answer = await socket.timeout(20_000).emitWithAck(event, request)
      if (answer.ok) return
      if (answer.code !== 'rate-limited') throw new Error(`${event}: ${answer.code}: ${answer.message}`)
      await wait(answer.retryAfter)
    }
  }
  try {
    await ask('chat:join', { room })
    for (const body of bodies) await ask('chat:post', { room, input: { id: crypto.randomUUID(), body } })
  } finally {
    socket.disconnect()
  }
}
