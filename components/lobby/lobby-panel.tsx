'use client'

import { useRef, useState } from 'react'
import type { LobbyRooms } from '#channels/lobby'
import type { PresencePaint } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { ChallengeForm } from './challenge-form'
import { ChallengeList } from './challenge-list'
import { FreePeople } from './free-people'
import { GameList } from './game-list'
import { StandingTable } from './standing-table'
import { useLobby } from './use-lobby'

interface LobbyPanelProps {
  me: UserRef
  people: UserRef[]
  initial: LobbyRooms
  here: PresencePaint
}

export function LobbyPanel({ me, people, initial, here }: LobbyPanelProps) {
  const lobby = useLobby(me, initial)
  const [opponent, setOpponent] = useState('')
  const [picked, setPicked] = useState<UserRef>()
  const form = useRef<HTMLDivElement>(null)

  function pick(user: UserRef) {
    setPicked(user)
    setOpponent(user.id)
    form.current?.querySelector('select')?.focus()
  }

  // Someone who has come since the page was rendered.
  const isNew = picked !== undefined && !people.some(({ id }) => id === picked.id)

  return (
    <div data-room={lobby.status} className="grid gap-4 wide:gap-6">
      {lobby.status === 'offline' && (
        <Notice tone="warn" role="status" title="The line is cut">
          What you see is from before. It is brought up to date by itself.
        </Notice>
      )}
      <Panel title="New challenge" about="Connect Four: four discs in a row win, along, up or across.">
        <div ref={form} data-part="challenge">
          <ChallengeForm
            people={isNew ? [...people, picked] : people}
            opponent={opponent}
            onOpponent={setOpponent}
            lobby={lobby}
          />
        </div>
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2 wide:gap-6">
        <Panel title="Challenges">
          <ChallengeList me={me} lobby={lobby} />
        </Panel>
        <Panel title="Games under way">
          <GameList me={me} games={lobby.games} />
        </Panel>
        <Panel title="Standings" about="A win counts one point, a draw half of one.">
          <StandingTable me={me} standings={lobby.standings} />
        </Panel>
        <Panel title="In the lobby">
          <FreePeople me={me} initial={here} onPick={pick} />
        </Panel>
      </div>
    </div>
  )
}
