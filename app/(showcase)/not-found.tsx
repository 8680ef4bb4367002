import { NotFoundScreen } from '#components/shell/not-found-screen'
import { PageHeader } from '#components/shell/page-header'

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" proves="There is nothing at this address." />
      <NotFoundScreen heading="h2" />
    </>
  )
}
