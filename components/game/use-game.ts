import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { type Seat, seatOf } from '#channels/connect-four'
import type { CallInput } from '#channels/contract'
import { type GamePaint, games } from '#channels/game'
import type { UserRef } from '#channels/user'
import { failureOf, isUnanswered } from '#components/realtime/failure'
import { useChannel } from '#components/realtime/use-channel'
import { gameFold } from './game-fold'
import { notePlayed } from './played.ts'
import { useMove } from './use-move'

type Verb = 'resign' | 'offerDraw' | 'answerDraw' | 'rematch'

/**
 * One game, and what this person can do in it. Without a seat they watch. A rematch leads both players on to it, also
 * when it began while the line was cut; who watches is shown the way.
 */
export function useGame(me: UserRef, initial: GamePaint) {
  const router = useRouter()
  const { id } = initial.state.game
  const { state, status, room } = useChannel(games, id, { initial, fold: gameFold })
  const { game } = state
  const number = game.seats.findIndex(({ user }) => user.id === me.id)
  const seat: Seat | null = number < 0 ? null : number === 0 ? 0 : 1
  const myTurn = seat !== null && game.state === 'playing' && seatOf(game.moves.length) === seat
  const move = useMove({ room, status, game, seat, myTurn })

  const { rematch } = game
  const plays = seat !== null
  const known = useRef<string | null>(undefined)
  useEffect(() => {
    if (status !== 'joined') return
    // One that was there once the page had caught up is where its player comes from: they have gone back.
    if (plays && rematch !== null && known.current === null) router.push(`/game/${rematch}`)
    known.current = rematch
  }, [status, plays, rematch, router])

  useEffect(() => {
    if (plays) notePlayed(id)
  }, [plays, id])

  /**
   * Resolves with a sentence to show when it did not work. Not asked again by itself: a draw that was declined
   * meanwhile would be offered anew.
   */
  const ask = useCallback(
    async <Call extends Verb>(call: Call, input: CallInput<typeof games, Call>): Promise<string | undefined> => {
      try {
        await room?.call(call, input)
      } catch (error) {
        if (isUnanswered(error)) return 'No answer came, so it may be done. If the game does not show it, press again.'
        return failureOf(error)
      }
    },
    [room],
  )
  return { game, status, seat, myTurn: myTurn && !move.pending, ...move, ask }
}

export type GameView = ReturnType<typeof useGame>
