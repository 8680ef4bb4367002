import type { CallInput, CallName, CallOutput, ChannelContract } from '#channels/contract'
import { type CallReply, callReply, type Refused } from '#channels/wire'
import type { Room } from './room'

/** A call that was not granted, or not answered. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'

  constructor(readonly refused: Refused) {
    super(refused.message)
  }
}

/** From the call to its answer, in milliseconds, time offline and waits for its pace included. */
const answerWithin = 10_000

/** For what stands around a request on the line: type, number and quotes. In bytes. */
const wrapping = 64

export async function sendCall<C extends ChannelContract, N extends CallName<C>>(
  room: Room<C>,
  name: N,
  input: CallInput<C, N>,
): Promise<CallOutput<C, N>> {
  const deadline = Date.now() + answerWithin
  const { connection } = room
  const event = `${room.channel.name}:${name}`
  const request = { room: room.name, input }
  // Over the limit the server would close the socket; nothing that long is sent, so nothing is lost by it.
  if (byteLength(JSON.stringify([event, request])) + wrapping > connection.maxMessageBytes) {
    throw refusal('too-large', 'This is too long to send.')
  }
  const reply = await connection.pace.ask(event, deadline, () => send(room, event, request, deadline))
  if (!reply.ok) throw new CallRefused(reply)
  return room.channel.calls[name]?.output.parse(reply.output) as CallOutput<C, N>
}

async function send<C extends ChannelContract>(
  room: Room<C>,
  event: string,
  request: object,
  deadline: number,
): Promise<CallReply> {
  // Looked at again after each wait, and sent in the same turn: a line cut in between would have Socket.IO
  // keep the call and send it before the room is joined again.
  while (room.snapshot.status !== 'joined') await joined(room, deadline)
  const { socket } = room.connection
  const answer: unknown = await socket
    .timeout(Math.max(1, deadline - Date.now()))
    .emitWithAck(event, request)
    .catch(() => {
      throw socket.connected ? refusal('unavailable', 'The server did not answer.') : lineCut()
    })
  return callReply.parse(answer)
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Waits until the room is joined; a call is sent once, and only into a line that is there. */
function joined<C extends ChannelContract>(room: Room<C>, deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: CallRefused) => {
      clearTimeout(timer)
      unsubscribe()
      if (error) reject(error)
      else resolve()
    }
    const look = () => {
      const { status, refusal: refused } = room.snapshot
      if (status === 'joined') settle()
      else if (status === 'denied' && refused) settle(new CallRefused(refused))
      else if (status === 'ended') settle(refusal('unauthenticated', 'You are signed out.'))
    }
    const timer = setTimeout(() => settle(lineCut()), deadline - Date.now())
    const unsubscribe = room.subscribe(look)
    look()
  })
}

const lineCut = () => refusal('unavailable', 'The line was cut.')

function refusal(code: Refused['code'], message: string): CallRefused {
  return new CallRefused({ ok: false, code, message })
}
