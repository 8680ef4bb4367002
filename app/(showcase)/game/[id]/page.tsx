import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { games } from '#channels/game'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { GameBody } from '#components/game/game-body'
import { GamePanel } from '#components/game/game-panel'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openGame } from '#server/models/game'
import { openLobby } from '#server/models/lobby'
import { openPresence } from '#server/realtime/presence'

export const metadata: Metadata = { title: 'Game' }

export default async function GamePage({ params }: PageProps<'/game/[id]'>) {
  const { user } = await requireSession()
  const initial = await openGame(user, (await params).id)
  if (!initial) notFound()
  const here = presenceRoom(games, initial.state.game.id)
  const lobby = initial.state.game.seats.length < 2 ? await openLobby(user) : null
  return (
    <>
      <PageHeader title="Connect Four" proves={proves('game')} />
      <GameBody>
        <GamePanel key={here} me={user} initial={initial} lobby={lobby} here={await openPresence(here)} />
      </GameBody>
    </>
  )
}
