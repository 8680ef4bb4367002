import { callRequest, joinRequest, leaveRequest } from '#channels/wire'
import { answerFor } from '#server/answer'
import { runCall } from './call'
import { join, leave } from './join'
import type { Served } from './serve'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'

/**
 * Every event a client sends comes through here: `<channel>:join`, `<channel>:leave`, `<channel>:<call>`,
 * one payload, and usually an acknowledgement. Anything else is no client of ours: the socket is closed
 * with `malformed`, and what it sent is neither answered nor logged.
 */
export async function dispatch(
  served: Map<string, Served>,
  socket: Socket,
  event: unknown,
  args: unknown[],
): Promise<void> {
  // What was read off the line together with that for which the socket was closed.
  if (!socket.connected) return
  const acknowledge = args.at(-1)
  const reply = typeof acknowledge === 'function' ? (answer: unknown) => void acknowledge(answer) : () => {}
  const [payload, ...excess] = typeof acknowledge === 'function' ? args.slice(0, -1) : args
  const [name = '', verb = '', ...rest] = typeof event === 'string' ? event.split(':') : []
  const target = served.get(name)
  const request = target && parseRequest(target, socket, verb, payload)
  if (!request || excess.length > 0 || rest.length > 0)
    return closeSocket(socket, { reason: 'malformed', retry: false })
  try {
    reply(await request())
  } catch (error) {
    reply(answerFor(error))
  }
}

/** What the event asks for, ready to run; undefined when it asks for nothing the contract has. */
function parseRequest(
  served: Served,
  socket: Socket,
  verb: string,
  payload: unknown,
): (() => Promise<unknown>) | undefined {
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
