import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream, volatile } from './contract'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/**
 * What becomes of the sessions a person has when they sign in once more: `many` stay side by side; the `newest` ends
 * the others; the `oldest` stays and the new sign-in is refused; `ask` has the old session keep its place or give way.
 */
export const sessionPolicy = z.enum(['many', 'newest', 'oldest', 'ask'])
export type SessionPolicy = z.infer<typeof sessionPolicy>

/** Where a session is: browser and system, address, and when it was last in use. */
export const sessionPlace = z.object({ device: z.string(), address: z.string(), lastSeenAt: moment })
export type SessionPlace = z.infer<typeof sessionPlace>

/** A session that is alive: one browser that is signed in, with however many tabs. */
export const deviceSession = sessionPlace.extend({ id: z.uuid(), signedInAt: moment })
export type DeviceSession = z.infer<typeof deviceSession>

/** An open socket of a session. `path` tells a tab from an endpoint; `roundTrip` is milliseconds, null until measured. */
export const sessionTab = z.object({
  id: z.string(),
  sessionId: z.uuid(),
  path: z.string(),
  address: z.string(),
  since: moment,
  roundTrip: z.int().nullable(),
})
export type SessionTab = z.infer<typeof sessionTab>

/** A sign-in that waits until then for the person's old session to keep its place or give way. */
export const signInAsk = z.object({
  id: z.uuid(),
  device: z.string(),
  address: z.string(),
  at: moment,
  until: moment,
})
export type SignInAsk = z.infer<typeof signInAsk>

/**
 * What a browser that waits, or was not let in, may know after the right password: `left` is milliseconds until the
 * old session has given way, `place` where that is. `open` is for whoever may come in by now.
 */
export interface SignInWait {
  is: 'waiting' | 'open' | 'kept' | 'held'
  left: number
  place: SessionPlace | null
}

export const signInAnswer = z.enum(['kept', 'yielded'])
export type SignInAnswer = z.infer<typeof signInAnswer>

const nothing = z.object({})

/**
 * The sessions of a person, and the sign-ins that wait for one of them: `session/<user id>`. Open to the person and
 * to admins. `end` answers `not-found` for a session that is none of theirs or has ended. `answer` is the person's
 * own, and answers `conflict` once the wait is over.
 */
export const sessions = defineChannel({
  name: 'session',
  room: z.uuid().lowercase(),
  state: z.object({ sessions: z.array(deviceSession), asks: z.array(signInAsk) }),
  pushes: {
    started: stream(deviceSession),
    ended: stream(z.object({ id: z.uuid() })),
    asked: stream(signInAsk),
    settled: stream(z.object({ id: z.uuid() })),
    opened: latest(sessionTab, ({ id }) => id),
    seen: volatile(z.object({ sessionId: z.uuid(), at: moment })),
  },
  calls: {
    end: { input: z.object({ id: z.uuid() }), output: nothing },
    endOthers: { input: nothing, output: nothing },
    endAll: { input: nothing, output: nothing },
    answer: { input: z.object({ id: z.uuid(), answer: signInAnswer }), output: nothing },
  },
})

export type SessionState = StateOf<typeof sessions>
export type SessionPaint = FirstPaint<SessionState>
