import { z } from 'zod'
import { defineChannel, latest, type StateOf } from './contract'
import type { FirstPaint } from './wire'

/** What the messages of an endpoint are: `frames` text and binary as they come, `own` a format of the endpoint's own. */
export const format = z.enum(['text', 'json', 'message-pack', 'socket-io', 'frames', 'own'])
export type Format = z.infer<typeof format>

/** A raw WebSocket endpoint as people see it in a list. */
export const endpointInfo = z.object({
  /** What follows `/ws/`. */
  endpoint: z.string(),
  description: z.string(),
  path: z.string(),
  authenticate: z.enum(['session', 'api-key', 'public']),
  /** Which an API key needs, where keys are asked for. */
  scope: z.string().nullable(),
  speaks: format,
  /** The longest message it takes, in bytes. */
  maxMessageBytes: z.int().positive(),
})
export type EndpointInfo = z.infer<typeof endpointInfo>

/** How many sockets are open on a path, on all nodes. */
export const endpointCount = z.object({ path: z.string(), open: z.int().nonnegative() })

/**
 * The raw endpoints that are served, in the one room `endpoint/all`. Everyone who is signed in may watch. They are
 * declared in code, so the state does not change while a server runs; `counted` tells how many sockets each has.
 */
export const endpoints = defineChannel({
  name: 'endpoint',
  room: z.literal('all'),
  state: z.object({ endpoints: z.array(endpointInfo) }),
  pushes: { counted: latest(endpointCount, ({ path }) => path) },
  calls: {},
})

export type EndpointPaint = FirstPaint<StateOf<typeof endpoints>>
