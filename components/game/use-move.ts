import { useCallback, useEffect, useState } from 'react'
import { freeIn, type Seat } from '#channels/connect-four'
import type { Game, games, Move } from '#channels/game'
import { failureOf, isUnanswered } from '#components/realtime/failure'
import type { Room, RoomStatus } from '#components/realtime/room'

interface Playing {
  room: Room<typeof games> | undefined
  status: RoomStatus
  game: Game
  seat: Seat | null
  myTurn: boolean
}

/** How long to let a server be that could not answer, in milliseconds. */
const pause = 1_000

/**
 * One's own move: on the board at once, and off it again with the reason if it is refused. While the line is cut it is
 * kept, and it is sent again when no answer came: by its number the server knows it, so it is played once.
 */
export function useMove({ room, status, game, seat, myTurn }: Playing) {
  const [kept, setKept] = useState<Move>()
  const [attempt, setAttempt] = useState(0)
  const [refused, setRefused] = useState<{ words: string; number: number }>()
  const [refusals, setRefusals] = useState(0)
  const played = game.moves.length
  // Played, or overtaken: the game has come past it.
  const pending = kept && game.state === 'playing' && played === kept.number ? kept : undefined
  const { column, number } = pending ?? {}

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt sends the same again
  useEffect(() => {
    if (!room || status !== 'joined' || column === undefined || number === undefined) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const settle = (words?: string) => {
      if (over) return
      setKept(undefined)
      setRefused(words ? { words, number } : undefined)
    }
    room.call('move', { column, number }).then(
      () => settle(),
      (error: unknown) => {
        if (!isUnanswered(error)) settle(`Column ${column + 1} was not played. ${failureOf(error)}`)
        else if (!over) timer = setTimeout(() => setAttempt((count) => count + 1), pause)
      },
    )
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [room, status, column, number, attempt])

  const drop = useCallback(
    (column: number) => {
      if (pending || game.state !== 'playing') return
      const number = game.moves.length
      const words =
        seat === null
          ? 'You watch this game: only its two players move.'
          : !myTurn
            ? 'It is not your turn.'
            : freeIn(game.moves, column) === 0 && `Column ${column + 1} is full. Choose another.`
      if (words) {
        setRefusals((count) => count + 1)
        return setRefused({ words, number })
      }
      setRefused(undefined)
      setAttempt(0)
      setKept({ column, number })
    },
    [pending, seat, myTurn, game],
  )
  return {
    pending,
    /** Why nothing was played, until something is. */
    refusal: refused?.number === played && game.state === 'playing' ? refused.words : undefined,
    /** How often something was refused: the same words may have to be said once more. */
    refusals,
    /** No answer came to one's own move, and it is sent again. */
    resent: pending !== undefined && attempt > 0,
    drop,
    moves: pending ? `${game.moves}${pending.column}` : game.moves,
  }
}
