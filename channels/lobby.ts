import { z } from 'zod'
import { defineChannel, type StateOf, stream } from './contract'
import { game, timeControl } from './game'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Who plays first, as the challenger wishes; `random` is drawn when the challenge is accepted. */
export const first = z.enum(['me', 'them', 'random'])
export type First = z.infer<typeof first>

/** The most challenges of one person that nobody has taken. */
export const mostChallenges = 3

/** An invitation to play. `first` is the challenger's wish; `at` is milliseconds since 1970, server time. */
export const challenge = timeControl.extend({
  id: z.uuid(),
  challenger: userRef,
  /** Null when anyone may take it. */
  invited: userRef.nullable(),
  first,
  at: z.number(),
})
export type Challenge = z.infer<typeof challenge>

/** `id` is chosen by who asks, and becomes the game's: asking again is safe. Without `opponent` anyone may take it. */
export const newChallenge = timeControl.extend({ id: z.uuid().toLowerCase(), opponent: z.uuid().nullable(), first })
export type NewChallenge = z.input<typeof newChallenge>

/** A game under way, by its players, who moves first at the front. */
export const listedGame = game
  .pick({ id: true, budget: true, increment: true })
  .extend({ players: z.tuple([userRef, userRef]), startedAt: z.number() })
export type ListedGame = z.infer<typeof listedGame>

/** One person's games that are over and count: a win is a point, a draw is half of one. */
export const standing = z.object({ user: userRef, won: z.int(), drawn: z.int(), lost: z.int() })
export type Standing = z.infer<typeof standing>

/** The best first; of equals whoever has played less. For the model and the screen alike. */
export function byStanding(one: Standing, other: Standing): number {
  const better = pointsOf(other) - pointsOf(one) || playedBy(one) - playedBy(other)
  return better || compare(one.user.name, other.user.name) || compare(one.user.id, other.user.id)
}

export function playedBy({ won, drawn, lost }: Standing): number {
  return won + drawn + lost
}

export function pointsOf({ won, drawn }: Standing): number {
  return won + drawn / 2
}

/** Not by the rules of a language, which differ between the server and a browser. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** `gone` when the account of the one who was invited has been disabled: nobody is there to take it. */
export const settlement = z.enum(['accepted', 'declined', 'withdrawn', 'gone'])
export type Settlement = z.infer<typeof settlement>

/** The room of one person in this channel: the challenges between them and one other. */
export const ownLobby = (userId: string): string => `person-${userId}`

const one = z.object({ id: z.uuid().toLowerCase() })

/**
 * Where people find each other to play. A screen joins two rooms: `lobby/all` for what is open to everyone, the games
 * under way and the standings; `lobby/person-<id>` for the challenges between oneself and one other, else `forbidden`.
 *
 * Pushes: `challenged` a challenge to be listed; `settled` one to be listed no more, and why; `started` and `ended` a
 * game to be listed and to be listed no more; `ranked` people's standings as they are now.
 *
 * Calls, all in one's own room, else `forbidden`. What is over is `conflict`; another's direct challenge, `not-found`.
 * Each may be sent again after a lost answer: it is answered as before, and does nothing more.
 * - `challenge` answers with the challenge. `invalid` for oneself, `not-found` for a person there is not or whose
 *   account is disabled, `conflict` for more than three that nobody has taken, and for an id that is someone else's.
 * - `accept` begins the game, which has the id of the challenge. `forbidden` for one's own, `conflict` also when the
 *   challenger's account has been disabled.
 * - `decline` is for the one who was invited, `withdraw` for the challenger, else `forbidden`.
 */
export const lobby = defineChannel({
  name: 'lobby',
  room: z.union([z.literal('all'), z.templateLiteral(['person-', z.uuid()])]),
  state: z.object({
    challenges: z.array(challenge),
    games: z.array(listedGame),
    standings: z.array(standing),
  }),
  pushes: {
    challenged: stream(challenge),
    settled: stream(z.object({ id: z.uuid(), as: settlement })),
    started: stream(listedGame),
    ended: stream(z.object({ id: z.uuid() })),
    ranked: stream(z.array(standing)),
  },
  calls: {
    challenge: { input: newChallenge, output: challenge, limit: { burst: 5, perSecond: 0.5 } },
    accept: { input: one, output: one },
    decline: { input: one, output: one },
    withdraw: { input: one, output: one },
  },
})
export type LobbyState = StateOf<typeof lobby>
/** What the server renders into the lobby: what is everyone's, and what is one's own. */
export type LobbyRooms = Record<'all' | 'person', FirstPaint<LobbyState>>
