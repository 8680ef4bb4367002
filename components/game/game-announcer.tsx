import { useEffect, useRef, useState } from 'react'
import type { Seat } from '#channels/connect-four'
import type { Game } from '#channels/game'
import { newsOf, openingOf } from './game-words'
import { useClock } from './use-clock'

const marks = [30, 10]

interface GameAnnouncerProps {
  game: Game
  seat: Seat | null
  refusal: string | undefined
  /** How many there were: the same words are told once more. */
  refusals: number
}

/** Tells a screen reader who plays once one has come, and then what happens: each move, each word between the players, and when one's own clock runs short. */
export function GameAnnouncer({ game, seat, refusal, refusals }: GameAnnouncerProps) {
  const before = useRef<Game>(undefined)
  const [news, setNews] = useState('')
  useEffect(() => {
    // Only what comes into a region that is there is told: not what the page was rendered with.
    const told = before.current ? newsOf(before.current, game, seat) : openingOf(game, seat)
    before.current = game
    if (told) setNews(told)
  }, [game, seat])

  return (
    <>
      <p aria-live="polite" data-news className="sr-only">
        {news}
      </p>
      <p aria-live="assertive" className="sr-only">
        <span key={refusals}>{refusal}</span>
      </p>
      {seat !== null && game.state === 'playing' && <ClockAnnouncer game={game} seat={seat} />}
    </>
  )
}

/** Each once in a turn: at half a minute, and at ten seconds, of the clock or of the time for the first move. */
function ClockAnnouncer({ game, seat }: { game: Game; seat: Seat }) {
  const { left, running, firstMove } = useClock(game, seat)
  const time = firstMove ?? (running ? left : Number.POSITIVE_INFINITY)
  const shortest = marks.filter((seconds) => time <= seconds * 1_000).at(-1)
  return (
    <p aria-live="polite" className="sr-only">
      {shortest !== undefined &&
        `${shortest} seconds left ${firstMove === null ? 'on your clock' : 'for your first move'}.`}
    </p>
  )
}
