import type { Metadata } from 'next'
import { lobby } from '#channels/lobby'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { LobbyPanel } from '#components/lobby/lobby-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { listOpponents, openLobby } from '#server/models/lobby'
import { openPresence } from '#server/realtime/presence'

export const metadata: Metadata = { title: 'Game' }

export default async function LobbyPage() {
  const { user } = await requireSession()
  const reads = [openLobby(user), listOpponents(user), openPresence(presenceRoom(lobby, 'all'))] as const
  const [initial, people, here] = await Promise.all(reads)
  return (
    <>
      <PageHeader title="Connect Four" proves={proves('game')} />
      <PageBody>
        <LobbyPanel me={user} people={people} initial={initial} here={here} />
      </PageBody>
    </>
  )
}
