import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** In milliseconds: for clients to confirm that their WebSocket is closed, and for the last answers. */
const confirmWithin = 1_000
const finishWithin = 5_000

/**
 * Gives what closes the server: it takes no more connections, lets what is being answered finish, waits for
 * nobody who has nothing left to say, and resolves when the last connection is gone.
 */
export function closerOf(server: Server): () => Promise<void> {
  // The server's own list has neither those that were upgraded nor those that have not asked for anything yet.
  const open = new Set<Socket>()
  const answering = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', ({ socket }, response) => {
    answering.add(socket)
    if (!server.listening) response.setHeader('Connection', 'close')
    response.once('close', () => {
      answering.delete(socket)
      // Or it would wait for a next request for as long as it is kept alive.
      if (!server.listening) server.closeIdleConnections()
    })
  })
  return async () => {
    const closed = once(server, 'close')
    server.close()
    // A client that has gone to sleep never confirms.
    const confirmed = setTimeout(() => {
      for (const socket of open) if (!answering.has(socket)) socket.destroy()
    }, confirmWithin)
    const finished = setTimeout(() => {
      for (const socket of open) socket.destroy()
    }, finishWithin)
    await closed
    clearTimeout(confirmed)
    clearTimeout(finished)
  }
}
