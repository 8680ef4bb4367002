import { randomInt } from 'node:crypto'
import { roomKey } from '#channels/contract'
import type { Game } from '#channels/game'
import {
  type Challenge,
  lobby,
  mostChallenges,
  type NewChallenge,
  newChallenge,
  ownLobby,
  type Settlement,
} from '#channels/lobby'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { requirePerson } from '#server/models/chat-people'
import { maySee } from '#server/models/game'
import { noteWatched } from '#server/models/game-downtime'
import { findRow, type LockedGame, lockGame } from '#server/models/game-row'
import { saveGame } from '#server/models/game-save'
import { endChallenge, tellSettled } from '#server/models/game-withdrawal'
import { aboutChallenge, roomsOf, timeWords, toChallenge } from '#server/models/lobby-row'
import { notify } from '#server/models/notification'
import type { LiveSession } from '#server/models/session'
import { lockUser } from '#server/models/user-lock'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']

/** Offers a game to anyone, or to one person. Asked again with the same id it is the same challenge. Refuses as the contract says. */
export async function challenge(actor: Actor, input: NewChallenge): Promise<Challenge> {
  const { id, opponent, first, ...time } = parseInput(newChallenge, input)
  if (opponent === actor.id) {
    const message = 'Choose someone else to play against.'
    refuse('invalid', message, { issues: [{ path: 'opponent', message }] })
  }
  return transaction(async (tx) => {
    // One's own go one after the other: each finds those before it counted. Nor is one made by who is being disabled.
    await lockUser(tx, actor)
    const known = await findRow(tx, id)
    if (known?.challenger.id === actor.id) return toChallenge(known)
    const open = await tx.game.count({ where: { challengerId: actor.id, state: 'open' } })
    if (open >= mostChallenges) {
      refuse('conflict', `You have ${mostChallenges} challenges that nobody has taken. Withdraw one first.`)
    }
    if (opponent) await requirePerson(tx, opponent)
    const data = { id, challengerId: actor.id, invitedId: opponent, ...time }
    const { count } = await tx.game.createMany({ data: [data], skipDuplicates: true })
    if (count === 0) refuse('conflict', 'This challenge could not be made. Make a new one.')
    // Whoever leaves it to chance has no seat until someone accepts.
    const seats = first === 'random' ? [] : [{ gameId: id, userId: actor.id, seat: first === 'me' ? 0 : 1 }]
    await tx.gameSeat.createMany({ data: seats.map((seat) => ({ ...seat, left: time.budget })) })
    const row = await findRow(tx, id)
    if (!row) throw new Error('The challenge that was written is not there.')
    const made = toChallenge(row)
    if (opponent) await invite(tx, made, [opponent])
    for (const room of roomsOf(made)) tx.publish(lobby, room, 'challenged', made)
    return made
  })
}

async function invite(tx: Transaction, { id, challenger, ...time }: Challenge, userIds: string[]): Promise<void> {
  const title = `${challenger.name} challenges you to Connect Four`
  const news = { kind: 'invitation', title, body: timeWords(time), href: `/game/${id}` } as const
  await notify(tx, { ...news, userIds, about: aboutChallenge(id) })
}

/** Begins the game. Refuses with `forbidden` for one's own challenge, `not-found` for another's, `conflict` when it is over. */
export async function accept(actor: Actor, id: string): Promise<{ id: string }> {
  const { withdrawn } = await transaction(async (tx) => {
    const locked = await lockVisible(tx, actor, id)
    const { row, game, now } = locked
    if (game.challenger.id === actor.id) refuse('forbidden', 'This is your own challenge. Wait for someone to take it.')
    // Its answer was lost.
    if (game.seats.some(({ user }) => user.id === actor.id)) return { withdrawn: false }
    requireOpen(game.state, game.ending)
    // From before challenges were withdrawn with whoever made them.
    if ((await tx.user.count({ where: { id: game.challenger.id, disabledAt: { not: null } } })) > 0) {
      await endChallenge(tx, locked, 'withdrawn')
      return { withdrawn: true }
    }
    const challengerSeat = row.seats[0]?.seat ?? randomInt(2)
    const pair = [game.challenger, { id: actor.id, name: actor.name }]
    const players = challengerSeat === 0 ? pair : pair.reverse()
    const seats = players.map((user) => ({ user, left: game.budget, awaySince: null }))
    await noteWatched(tx, now)
    await saveGame(tx, game, { ...game, state: 'playing', seats, startedAt: now, turnSince: now })
    await tellAway(tx, game, actor)
    await tellSettled(tx, toChallenge(row), 'accepted')
    return { withdrawn: false }
  })
  if (withdrawn) refuse('conflict', 'This challenge was withdrawn.')
  return { id }
}

/** Whoever has the lobby open is taken to the game, and needs no notice. */
async function tellAway(tx: Transaction, { id, challenger }: Game, { name }: Actor): Promise<void> {
  const room = roomKey(lobby, ownLobby(challenger.id))
  if ((await tx.connection.count({ where: { userId: challenger.id, rooms: { has: room } } })) > 0) return
  const body = 'The game has begun. Whoever plays first has a minute for the first move.'
  const news = { kind: 'invitation', about: `game/${id}/accepted`, body, href: `/game/${id}` } as const
  await notify(tx, { ...news, userIds: [challenger.id], title: `${name} accepted your challenge` })
}

/** For the one who was invited. Refuses as the contract says (channels/lobby.ts). */
export function decline(actor: Actor, id: string): Promise<{ id: string }> {
  return end(actor, id, 'declined', ({ game }) => game.invited?.id === actor.id)
}

/** For the challenger. */
export function withdraw(actor: Actor, id: string): Promise<{ id: string }> {
  return end(actor, id, 'withdrawn', ({ game }) => game.challenger.id === actor.id)
}

async function end(
  actor: Actor,
  id: string,
  as: Settlement,
  may: (locked: LockedGame) => boolean,
): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const locked = await lockVisible(tx, actor, id)
    const { game } = locked
    if (!may(locked)) refuse('forbidden', 'This challenge is not yours to end.')
    if (game.ending === 'withdrawn' && game.seats.length === 0) return { id }
    requireOpen(game.state, game.ending)
    await endChallenge(tx, locked, as)
    return { id }
  })
}

async function lockVisible(tx: Transaction, actor: Actor, id: string): Promise<LockedGame> {
  const locked = await lockGame(tx, id)
  return maySee(actor, locked.game) ? locked : refuse('not-found', 'There is no such challenge.')
}

function requireOpen(state: string, ending: string | null): void {
  if (state === 'open') return
  refuse('conflict', ending === 'withdrawn' ? 'This challenge was withdrawn.' : 'Someone has taken this challenge.')
}
