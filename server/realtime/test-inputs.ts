import fc from 'fast-check'
import type { ChannelContract } from '#channels/contract'
import { aliveRequest, joinRequest, leaveRequest } from '#channels/wire'
import { nearly } from './test-mutations'
import { handshakes, requests } from './test-requests'
import { samples } from './test-samples'
import { frames, strangeEvents } from './test-strange-inputs'

/** One thing a client may do to a server, right or wrong. Each holds the `mark` of test-samples.ts where its number will be. */
export type Input =
  /** An event with an acknowledgement, as JSON: `["chat:join",{"room":"general"}]`. */
  | { kind: 'event'; of: string; packet: string }
  /** Frames of the WebSocket, on a line that has a socket; what is no text is sent as it is. */
  | { kind: 'frames'; of: string; frames: (string | Uint8Array)[]; binary: boolean }
  | { kind: 'handshake'; of: string; headers: { cookie?: string; origin?: string }; auth: unknown }
  /** The bytes of an http request for a line. */
  | { kind: 'request'; of: string; bytes: string }

export interface Served {
  url: string
  visitors: { cookie: string; csrfToken: string }[]
  channels: ChannelContract[]
  /** Names of rooms there are, by channel. Others are made from the contract. */
  rooms: Record<string, string[]>
}

/** For tests: what a server that serves these channels should be able to take, as often as wanted. */
export function inputs(served: Served): fc.Arbitrary<Input> {
  const right = rightEvents(served)
  // What a frame is answered is not known: it asks for nothing that changes more than those rooms.
  const ofKnownRooms = right.filter(
    ([name]) => name === 'alive' || Object.keys(served.rooms).some((known) => String(name).startsWith(`${known}:`)),
  )
  const event = (of: string, packets: fc.Arbitrary<unknown[]>) =>
    packets.map((packet): Input => ({ kind: 'event', of, packet: JSON.stringify(packet) }))
  return fc.oneof(
    { weight: 12, arbitrary: event('right event', right) },
    { weight: 50, arbitrary: event('nearly right call', nearlyRightCalls(right)) },
    { weight: 14, arbitrary: event('nearly right event', nearlyRight(right)) },
    { weight: 6, arbitrary: event('strange event', strangeEvents(right)) },
    { weight: 10, arbitrary: frames(ofKnownRooms) },
    { weight: 4, arbitrary: handshakes(served) },
    { weight: 4, arbitrary: requests(served) },
  )
}

function rightEvents({ channels, rooms }: Served): fc.Arbitrary<unknown[]> {
  const ofChannels = channels.flatMap(({ name, room, calls }) => {
    const known = rooms[name]
    const named = known ? fc.constantFrom(...known) : samples(room)
    const requests: [string, fc.Arbitrary<unknown>][] = [
      ['join', samples(joinRequest)],
      ['leave', samples(leaveRequest)],
      ...Object.entries(calls).map(([call, { input }]): [string, fc.Arbitrary<unknown>] => [
        call,
        fc.record({ input: samples(input) }),
      ]),
    ]
    return requests.map(([verb, request]) =>
      fc.tuple(request, named).map(([rest, room]) => [`${name}:${verb}`, { ...Object(rest), room }]),
    )
  })
  return fc.oneof(
    ...ofChannels,
    samples(aliveRequest).map((request) => ['alive', request]),
  )
}

/** The name stays: the request is nearly right. */
function nearlyRight(right: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> {
  return right.chain(([name, request]) => nearly(fc.constant(request)).map((wrong) => [name, wrong]))
}

/** The room stays as well: what the call is given is nearly right. */
function nearlyRightCalls(right: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown[]> {
  return right
    .filter(([, request]) => Object(request).input !== undefined)
    .chain(([name, request]) =>
      nearly(fc.constant(Object(request).input)).map((input) => [name, { ...Object(request), input }]),
    )
}
