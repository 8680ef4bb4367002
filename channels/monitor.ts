import { z } from 'zod'
import { defineChannel, latest, type StateOf } from './contract'
import { text } from './text'
import { userRef } from './user'
import { endReason, type FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)
const count = z.int().nonnegative()

/** As the server gives them: nothing the database would refuse. */
const socketId = z.string().regex(/^[\w-]{1,64}$/)

/** The one room with the figures of all nodes. */
export const figuresRoom = 'all'

/** Why a socket was closed: a reason that was said, or what else can happen to a line. */
export const closeReason = z.enum([...endReason.options, 'client', 'transport', 'silent', 'server'])
export type CloseReason = z.infer<typeof closeReason>

/**
 * What one node does. Rates are per second since the figures before, and null where those are too old to tell; `lag`
 * is the longest turn of the event loop since then, in milliseconds; `waiting` counts bytes that are yet to be sent,
 * of all its sockets and of the slowest. `changes` counts what has happened to its list of sockets.
 */
export const nodeFigures = z.object({
  node: z.uuid(),
  at: moment,
  paths: z.array(z.object({ path: z.string(), open: count })),
  rooms: count,
  rates: z.object({ calls: z.number(), pushes: z.number(), deliveries: z.number() }).nullable(),
  waiting: z.object({ sum: count, most: count }),
  lag: z.number().nonnegative().nullable(),
  changes: count,
})
export type NodeFigures = z.infer<typeof nodeFigures>

/** How many minutes back closes are counted. */
export const closeMinutes = 60

/** Why sockets of a node were closed within the minute that begins then. */
export const closeCount = z.object({
  node: z.uuid(),
  minute: moment,
  reasons: z.array(z.object({ reason: closeReason, closes: z.int().positive() })),
})
export type CloseCount = z.infer<typeof closeCount>

/** The most a node remembers of one person. */
export const mostHappenings = 200

/**
 * One thing that happened to a person, never with what was sent. `about` is the room that was joined or left, or the
 * event that was refused; `reason` is a code of a refusal or why the socket was closed. What happened `times` times
 * in a row is there once, with the last time.
 */
export const happening = z.object({
  node: z.uuid(),
  number: z.int().positive(),
  at: moment,
  socket: z.string(),
  path: z.string(),
  what: z.enum(['connected', 'joined', 'left', 'refused', 'messaged', 'ended', 'closed']),
  about: z.string().nullable(),
  reason: z.string().nullable(),
  times: z.int().positive(),
})
export type Happening = z.infer<typeof happening>

/** An open socket in the list. `session` and `person` are null where nobody is signed in on it. */
export const monitoredSocket = z.object({
  id: z.string(),
  node: z.uuid(),
  path: z.string(),
  session: z.uuid().nullable(),
  person: userRef.nullable(),
  address: z.string(),
  since: moment,
  roundTrip: count.nullable(),
  rooms: z.array(z.string()),
})
export type MonitoredSocket = z.infer<typeof monitoredSocket>

export const grouping = z.enum(['none', 'person', 'session', 'path', 'node', 'channel'])
export type Grouping = z.infer<typeof grouping>

/** How many sockets or groups a page of the list has. */
export const pageLength = 25

/** `person` is part of a name; `channel` the name of one that a room of the socket belongs to. */
export const socketQuery = z.object({
  person: z.string().trim().max(80).optional(),
  session: z.uuid().optional(),
  path: z.string().max(200).optional(),
  node: z.uuid().optional(),
  channel: z.string().max(40).optional(),
  group: grouping,
  page: z.int().min(0).max(10_000),
})
export type SocketQuery = z.infer<typeof socketQuery>

/** What is asked for when the list is opened. */
export const everySocket: SocketQuery = { group: 'none', page: 0 }

/** `label` is what a person reads; `key` what the query of the group takes, null for sockets of nobody. */
export const socketGroup = z.object({ key: z.string().nullable(), label: z.string(), sockets: z.int().positive() })
export type SocketGroup = z.infer<typeof socketGroup>

/** The oldest sockets first, or the largest groups. `sockets` counts those that match, `pages` what there is to see. */
export const socketPage = z.object({
  sockets: z.array(monitoredSocket).max(pageLength),
  groups: z.array(socketGroup).max(pageLength),
  total: count,
  page: count,
  pages: z.int().positive(),
})
export type SocketPage = z.infer<typeof socketPage>

/** What an admin writes to a person or to one of their sockets. */
export const monitorMessage = z.object({
  to: z.union([z.object({ person: z.uuid() }), z.object({ socket: socketId })]),
  text: text(500),
})
export type MonitorMessage = z.infer<typeof monitorMessage>

/** How it arrives, as the event `message` of Socket.IO or as JSON on a raw socket. */
export const notice = z.object({ notice: z.object({ from: z.string(), text: z.string(), at: moment }) })
export type Notice = z.infer<typeof notice>

/**
 * What goes on at all sockets of all nodes, for admins alone; anyone else is answered with `forbidden`. In the room
 * `monitor/all` the figures of each node, once a second, while somebody looks; in `monitor/<user id>` what happened
 * to one person.
 *
 * - `list` answers with one page of the sockets that match, or of their groups.
 * - `send` answers with how many sockets took the message, `not-found` when none did.
 * - `end` closes one socket, `not-found` when there is none; its session lives on.
 * - `endAll` closes all sockets of a person, and answers with how many.
 */
export const monitor = defineChannel({
  name: 'monitor',
  room: z.union([z.literal(figuresRoom), z.uuid().lowercase()]),
  state: z.object({}),
  pushes: {
    measured: latest(nodeFigures, ({ node }) => node),
    closed: latest(closeCount, ({ node, minute }) => `${node}/${minute}`),
    happened: latest(happening, ({ node, number }) => `${node}/${number}`),
  },
  calls: {
    list: { input: socketQuery, output: socketPage, limit: { burst: 20, perSecond: 4 } },
    send: {
      input: monitorMessage,
      output: z.object({ taken: z.int().positive() }),
      limit: { burst: 10, perSecond: 1 },
    },
    end: { input: z.object({ socket: socketId }), output: z.object({}) },
    endAll: { input: z.object({ person: z.uuid() }), output: z.object({ ended: count }) },
  },
})

export type MonitorPaint = FirstPaint<StateOf<typeof monitor>>
