'use client'

import { type ReactNode, useState } from 'react'
import { type GamePaint, games } from '#channels/game'
import type { LobbyRooms } from '#channels/lobby'
import { type PresencePaint, presenceRoom } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { HereNow } from '#components/presence/here-now'
import { Badge } from '#components/ui/badge'
import { Panel } from '#components/ui/panel'
import { Board } from './board'
import { ChallengeCard } from './challenge-card'
import { GameActions } from './game-actions'
import { GameAnnouncer } from './game-announcer'
import { nameOf, standOf, timeWords } from './game-words'
import { MoveList } from './move-list'
import { PlayerCard } from './player-card'
import { useGame } from './use-game'

interface GamePanelProps {
  me: UserRef
  initial: GamePaint
  /** For a challenge that nobody has taken; null for a game. */
  lobby: LobbyRooms | null
  here: PresencePaint
}

/** A game from the challenge to its end; whoever has no seat watches. */
export function GamePanel({ me, initial, lobby, here }: GamePanelProps) {
  const view = useGame(me, initial)
  const { game, status, seat, myTurn, pending, resent, refusal, refusals, moves, drop } = view
  const [before] = useState(initial.state.game.moves.length)
  if (lobby && game.seats.length < 2) return <ChallengeCard me={me} game={game} initial={lobby} />

  const names: [string, string] = [nameOf(game, 0, seat), nameOf(game, 1, seat)]
  const below = seat ?? 0
  const above = below === 0 ? 1 : 0
  return (
    <div
      data-room={status}
      data-state={game.state}
      className="grid gap-4 lg:grid-cols-[minmax(0,28rem)_minmax(0,1fr)] lg:gap-6 low:-my-2 low:grid-cols-[auto_minmax(0,1fr)] low:grid-rows-[auto_auto_1fr] low:gap-x-4 low:gap-y-2 wide:low:-my-4"
    >
      <GameAnnouncer game={game} seat={seat} refusal={refusal} refusals={refusals} />
      <div className="grid content-start justify-items-stretch gap-2 low:contents">
        <PlayerCard game={game} seat={above} me={seat} />
        <Board
          moves={moves}
          before={before}
          dropping={myTurn ? seat : null}
          names={names}
          takesFocus={seat !== null && game.state === 'playing'}
          onDrop={drop}
        />
        <PlayerCard game={game} seat={below} me={seat} />
      </div>
      <div className="grid content-start gap-4 low:col-start-2 low:gap-2">
        <Panel title={game.state === 'over' ? 'Result' : 'Now'} actions={seat === null && <Badge>you watch</Badge>}>
          <div className="grid gap-3">
            <div className="min-h-11">
              <p data-stand className="text-lg font-semibold">
                {pending ? 'Your move is on its way.' : standOf(game, seat)}
              </p>
              <p className={`text-sm ${refusal || status === 'offline' ? 'text-warn' : 'text-ink-3'}`}>
                {refusal ??
                  noteOf(status, pending && (resent ? 'again' : 'sent'), seat !== null && game.state === 'playing')}
              </p>
            </div>
            <GameActions view={view} />
          </div>
        </Panel>
        <Panel title="Here now" about="Everyone who is signed in may watch.">
          <HereNow room={presenceRoom(games, game.id)} me={me} initial={here} parts={{ board: 'at the board' }} />
        </Panel>
        <Panel title="Moves" about={`By column, from the left. ${timeWords(game)}.`}>
          <MoveList moves={game.moves} names={names} />
        </Panel>
      </div>
    </div>
  )
}

function noteOf(status: string, pending: 'sent' | 'again' | undefined, plays: boolean): ReactNode {
  if (status === 'offline') {
    return pending
      ? 'The line is cut. Your move is kept, and sent once it is back.'
      : 'The line is cut. The board is as it was then.'
  }
  if (pending === 'again') return 'No answer came. It is sent again, and played once.'
  if (!plays) return ''
  return (
    <>
      Press a column<span className="pointer-coarse:sr-only">, or 1 to 7 while the board has the focus</span>.
    </>
  )
}
