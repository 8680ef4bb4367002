import { columnOf, type Seat, seatOf } from '#channels/connect-four'
import type { Game, TimeControl } from '#channels/game'

/** `you` for oneself. */
export function nameOf({ seats }: Game, seat: Seat, me: Seat | null): string {
  return seat === me ? 'you' : (seats[seat]?.user.name ?? 'nobody')
}

/** `3 + 2`: minutes for each, and seconds more with each move. */
export function timeName({ budget, increment }: TimeControl): string {
  return `${Number((budget / 60_000).toFixed(1))} + ${increment / 1_000}`
}

/** `3 minutes each, and 2 seconds more with each move`. */
export function timeWords({ budget, increment }: TimeControl): string {
  const minutes = Number((budget / 60_000).toFixed(1))
  const each = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} each`
  return increment === 0 ? each : `${each}, and ${increment / 1_000} seconds more with each move`
}

/** How a game that is over has ended; empty while it is not. */
export function resultOf(game: Game, me: Seat | null): string {
  const { ending, winner } = game
  if (!ending) return ''
  if (ending === 'withdrawn') {
    return game.seats.length === 0
      ? 'The challenge was not taken.'
      : 'Called off: it had not begun, and counts for nobody.'
  }
  if (winner === null) {
    if (ending === 'left') return 'Called off: both players left.'
    return ending === 'agreed' ? 'Drawn by agreement.' : 'Drawn: the board is full.'
  }
  const won = capital(`${nameOf(game, winner, me)} won`)
  const loser = nameOf(game, winner === 0 ? 1 : 0, me)
  const how = {
    four: 'four in a row',
    time: loser === 'you' ? 'your time was up' : `${loser}’s time was up`,
    resigned: `${loser} resigned`,
    left: `${loser} left`,
    full: '',
    agreed: '',
  }
  return `${won}: ${how[ending]}.`
}

/** Whose turn it is, or how it ended. */
export function standOf(game: Game, me: Seat | null): string {
  if (game.state === 'over') return resultOf(game, me)
  if (game.state === 'open') return 'Nobody has taken this challenge yet.'
  const mover = seatOf(game.moves.length)
  return mover === me ? 'Your turn.' : `${capital(nameOf(game, mover, me))} to move.`
}

/** What to tell somebody who has come to a game and cannot see it: whose it is, and how it stands. */
export function openingOf(game: Game, me: Seat | null): string {
  const { seats, moves, state } = game
  if (seats.length < 2) return standOf(game, me)
  const opponent = nameOf(game, me === 0 ? 1 : 0, me)
  const who =
    me === null
      ? `${capital(nameOf(game, 0, me))} plays against ${nameOf(game, 1, me)}.`
      : `You play against ${opponent}.`
  const waits = state === 'playing' && moves.length < 2 && seatOf(moves.length) === me
  return `${who} ${standOf(game, me)}${waits ? ' Make your first move within a minute.' : ''}`
}

/** What to tell somebody who cannot see what has changed; empty when nothing has. */
export function newsOf(before: Game, after: Game, me: Seat | null): string {
  const news: string[] = []
  for (let number = before.moves.length; number < after.moves.length; number++) {
    const who = nameOf(after, seatOf(number), me)
    const column = (columnOf(after.moves, number) ?? 0) + 1
    news.push(`${capital(who)} ${who === 'you' ? 'play' : 'plays'} column ${column}.`)
  }
  if (after.drawOfferedBy !== null && before.drawOfferedBy === null) {
    const who = nameOf(after, after.drawOfferedBy, me)
    news.push(`${capital(who)} ${who === 'you' ? 'offer' : 'offers'} a draw.`)
  } else if (after.state === 'playing' && before.drawOfferedBy !== null && after.drawOfferedBy === null) {
    news.push('The draw was declined.')
  }
  if (after.state === 'playing')
    news.push(...after.seats.flatMap((_, number) => movement(before, after, number === 0 ? 0 : 1, me)))
  const moved = after.moves.length > before.moves.length || after.state !== before.state
  if (moved) news.push(standOf(after, me))
  if (after.rematchBy !== null && before.rematchBy === null && after.rematchBy !== me) {
    news.push(`${capital(nameOf(after, after.rematchBy, me))} asks for a rematch.`)
  }
  return news.join(' ')
}

function movement(before: Game, after: Game, seat: Seat, me: Seat | null): string[] {
  const was = before.seats[seat]?.awaySince ?? null
  const is = after.seats[seat]?.awaySince ?? null
  if (seat === me || (was === null) === (is === null)) return []
  const who = capital(nameOf(after, seat, me))
  return [is === null ? `${who} is back.` : `${who} is away. The seat is kept for 60 seconds.`]
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `2:05`, and below ten seconds `9.4`. */
export function clockFace(milliseconds: number): string {
  const left = Math.max(0, milliseconds)
  if (left < 10_000) return (Math.floor(left / 100) / 10).toFixed(1)
  const seconds = Math.ceil(left / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
