import { numbers, seriesRoom } from '#channels/number'
import { presenceRoom } from '#channels/presence'
import { proves } from '#components/catalog'
import { NumberPanel } from '#components/number/number-panel'
import { chosenSeries } from '#components/number/numbers-address.ts'
import { HereNow } from '#components/presence/here-now'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openNumbers } from '#server/models/number-room'
import { openPresence } from '#server/realtime/presence'

export const metadata = { title: 'Numbers' }

export default async function NumbersPage({ searchParams }: PageProps<'/numbers'>) {
  const { user } = await requireSession()
  const list = await openNumbers(seriesRoom)
  const chosen = chosenSeries(list.state.series, await searchParams)
  const here = presenceRoom(numbers, chosen)
  const [initial, present] = await Promise.all([openNumbers(chosen), openPresence(here)])
  const who = <HereNow key={here} room={here} me={user} initial={present} />
  return (
    <>
      <PageHeader title="Numbers" proves={proves('numbers')} actions={who} />
      <PageBody>
        <NumberPanel me={user} chosen={chosen} list={list} initial={initial} />
      </PageBody>
    </>
  )
}
