import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { proves } from '#components/catalog'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { rateCookie, rateOf, stripChoiceOf, stripCookie } from '#components/ticker/choice.ts'
import { TickerPanel } from '#components/ticker/ticker-panel'
import { requireSession } from '#server/auth/guard'
import { openTicker } from '#server/sockets/ticker/open-ticker'

export const metadata: Metadata = { title: 'Ticker' }

export default async function TickerPage() {
  const { user } = await requireSession()
  const chosen = await cookies()
  const rate = rateOf(chosen.get(rateCookie)?.value)
  const strip = stripChoiceOf(chosen.get(stripCookie(user.id))?.value)
  return (
    <>
      <PageHeader title="Ticker" proves={proves('ticker')} />
      <PageBody>
        <TickerPanel me={user} initial={await openTicker(`${rate}`)} initialRate={rate} initialStrip={strip} />
      </PageBody>
    </>
  )
}
