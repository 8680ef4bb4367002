import { z } from 'zod'
import { UnsupportedFrame } from '#server/sockets/transcoder'
import { enginePacket } from './engine-io'

/** The types of packets of Socket.IO, protocol 5, inside a message of Engine.IO. */
export const packetType = { connect: '0', disconnect: '1', event: '2', ack: '3', connectError: '4' } as const

/** A packet of Socket.IO, taken apart. */
export interface Packet {
  type: string
  namespace: string
  /** Asks for, or gives, an acknowledgement. */
  id?: number
  data?: unknown
}

const shape = /^(\d)(?:(\/[^,]*)(?:,|$))?(\d{1,15})?(.*)$/s

/** Reads what follows the `4` of a message. Throws when it is no packet, and for one with binary attachments. */
export function parsePacket(text: string): Packet {
  const [, type = '', namespace = '/', id, data] = shape.exec(text) ?? []
  if (['5', '6'].includes(type)) throw new UnsupportedFrame('This endpoint takes no binary attachments.')
  if (!Object.values<string>(packetType).includes(type)) throw new Error('A packet of no type there is.')
  return { type, namespace, ...(id && { id: Number(id) }), ...(data && { data: JSON.parse(data) }) }
}

/** The whole frame, `4` included. */
export function formatPacket({ type, namespace, id = undefined, data }: Packet): string {
  const room = namespace === '/' ? '' : `${namespace},`
  return `${enginePacket.message}${type}${room}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`
}

/** Events that a client of Socket.IO raises by itself; from a line they would be a lie. */
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

/** The data of an event: its name, and what was given with it. */
export const eventData = z
  .tuple([z.string().refine((name) => !reserved.includes(name))], z.unknown())
  .transform(([event, ...args]) => ({ event, args }))

/** The data of an acknowledgement: what the other side answered with. */
export const ackData = z.array(z.unknown())
