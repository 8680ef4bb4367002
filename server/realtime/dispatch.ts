import type { CallLimit } from '#channels/contract'
import { aliveRequest, callRequest, joinRequest, leaveRequest } from '#channels/wire'
import { answerFor } from '#server/answer'
import { Refusal } from '#server/refusal'
import { answerAlive } from './alive'
import { runCall } from './call'
import type { Drain } from './drain'
import { join, leave } from './join'
import type { Limits } from './limits'
import { type CountedCall, countCall } from './metrics-count'
import { noteRefusals } from './registered-socket'
import type { Served } from './serve'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'

interface Serving {
  served: Map<string, Served>
  limits: Limits
  drain: Drain
}

/**
 * Every event a client sends comes through here: `alive`, `<channel>:join`, `<channel>:leave`,
 * `<channel>:<call>`, one payload, and usually an acknowledgement. Anything else is no client of ours:
 * the socket is closed with `malformed`, and what it sent is neither answered nor logged. What comes too
 * often is answered with `rate-limited`, before its input is looked at or the database asked; whoever
 * keeps on is closed with the same.
 */
export async function dispatch(serving: Serving, socket: Socket, name: unknown, args: unknown[]): Promise<void> {
  // What was read off the line together with that for which the socket was closed.
  if (!socket.connected) return
  socket.data.heardAt = Date.now()
  const event = typeof name === 'string' ? name : ''
  const acknowledge = args.at(-1)
  const reply = typeof acknowledge === 'function' ? (answer: unknown) => void acknowledge(answer) : () => {}
  const [payload, ...excess] = typeof acknowledge === 'function' ? args.slice(0, -1) : args
  const request =
    event === 'alive' ? parseAlive(serving, socket, payload) : parseRoomEvent(serving, socket, event, payload)
  if (!request || excess.length > 0) return closeSocket(socket, { reason: 'malformed', retry: false })
  const { wait, cutOffFor } = serving.limits.take(socket, event, request.limit)
  if (cutOffFor) return closeSocket(socket, { reason: 'rate-limited', retry: true, retryAfter: cutOffFor })
  const answer = noteRefusals(socket, event, request.call ? countCall(request.call, reply) : reply)
  if (wait > 0) return answer(answerFor(tooOften(wait)))
  try {
    answer(await serving.drain.run(event, () => request.run()))
  } catch (error) {
    answer(answerFor(error))
  }
}

function tooOften(retryAfter: number): Refusal {
  return new Refusal('rate-limited', 'That was too often. Wait a moment.', { retryAfter })
}

/** What an event asks for, ready to run; undefined when it asks for nothing there is. */
type Request = { limit: CallLimit; run(): Promise<unknown>; call?: CountedCall } | undefined

function parseAlive({ limits }: Serving, socket: Socket, payload: unknown): Request {
  const request = aliveRequest.safeParse(payload)
  return request.success ? { limit: limits.alive, run: () => answerAlive(socket, request.data) } : undefined
}

function parseRoomEvent(
  { served: channels, limits }: Serving,
  socket: Socket,
  event: string,
  payload: unknown,
): Request {
  const [name = '', verb = '', ...rest] = event.split(':')
  const served = channels.get(name)
  if (!served || rest.length > 0) return undefined
  if (verb === 'join') {
    const request = joinRequest.safeParse(payload)
    return request.success ? { limit: limits.rooms, run: () => join(served, socket, request.data) } : undefined
  }
  if (verb === 'leave') {
    const request = leaveRequest.safeParse(payload)
    return request.success ? { limit: limits.rooms, run: () => leave(served, socket, request.data) } : undefined
  }
  const { calls } = served.channel
  const call = Object.hasOwn(calls, verb) ? calls[verb] : undefined
  const request = callRequest.safeParse(payload)
  return call && request.success
    ? {
        limit: limits.of(call),
        run: () => runCall(served, socket, verb, request.data),
        call: { channel: name, call: verb },
      }
    : undefined
}
