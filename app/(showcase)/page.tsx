import { PageHeader } from '#components/shell/page-header'
import { UseCaseIndex } from '#components/shell/use-case-index'
import { requireSession } from '#server/auth/guard'

export default async function StartPage() {
  const { user } = await requireSession()
  return (
    <>
      <PageHeader title="Start" proves={`Signed in as ${user.name}.`} />
      <UseCaseIndex role={user.role} />
    </>
  )
}
