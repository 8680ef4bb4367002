import { aliveRequest, callRequest, joinRequest, leaveRequest } from '#channels/wire'
import { answerFor } from '#server/answer'
import { answerAlive } from './alive'
import { runCall } from './call'
import type { Counters } from './counters'
import { join, leave } from './join'
import type { Served } from './serve'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'

interface Serving {
  served: Map<string, Served>
  counters: Counters
}

/**
 * Every event a client sends comes through here: `alive`, `<channel>:join`, `<channel>:leave`,
 * `<channel>:<call>`, one payload, and usually an acknowledgement. Anything else is no client of ours:
 * the socket is closed with `malformed`, and what it sent is neither answered nor logged.
 */
export async function dispatch(
  { served, counters }: Serving,
  socket: Socket,
  event: unknown,
  args: unknown[],
): Promise<void> {
  // What was read off the line together with that for which the socket was closed.
  if (!socket.connected) return
  socket.data.heardAt = Date.now()
  const acknowledge = args.at(-1)
  const reply = typeof acknowledge === 'function' ? (answer: unknown) => void acknowledge(answer) : () => {}
  const [payload, ...excess] = typeof acknowledge === 'function' ? args.slice(0, -1) : args
  const request =
    event === 'alive' ? parseAlive(counters, socket, payload) : parseRoomEvent(served, socket, event, payload)
  if (!request || excess.length > 0) return closeSocket(socket, { reason: 'malformed', retry: false })
  try {
    reply(await request())
  } catch (error) {
    reply(answerFor(error))
  }
}

/** What an event asks for, ready to run; undefined when it asks for nothing there is. */
type Request = (() => Promise<unknown>) | undefined

function parseAlive(counters: Counters, socket: Socket, payload: unknown): Request {
  const request = aliveRequest.safeParse(payload)
  return request.success ? () => answerAlive(counters, socket, request.data) : undefined
}

function parseRoomEvent(channels: Map<string, Served>, socket: Socket, event: unknown, payload: unknown): Request {
  const [name = '', verb = '', ...rest] = typeof event === 'string' ? event.split(':') : []
  const served = channels.get(name)
  if (!served || rest.length > 0) return undefined
  if (verb === 'join') {
    const request = joinRequest.safeParse(payload)
    return request.success ? () => join(served, socket, request.data) : undefined
  }
  if (verb === 'leave') {
    const request = leaveRequest.safeParse(payload)
    return request.success ? () => leave(served, socket, request.data) : undefined
  }
  const request = callRequest.safeParse(payload)
  return Object.hasOwn(served.channel.calls, verb) && request.success
    ? () => runCall(served, socket, verb, request.data)
    : undefined
}
