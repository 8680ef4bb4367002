import { ForbiddenScreen } from '#components/shell/forbidden-screen'
import { PageHeader } from '#components/shell/page-header'

export default function Forbidden() {
  return (
    <>
      <PageHeader title="Not open to you" proves="Each page checks the right on the server." />
      <ForbiddenScreen heading="h2" />
    </>
  )
}
