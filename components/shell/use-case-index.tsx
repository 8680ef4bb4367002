import { ArrowRight } from 'lucide-react'
import { groups, openTo, type Role, type UseCase } from '#components/catalog'
import { Link } from '#components/ui/link'
import { PageBody } from './page-body'
import { UseCaseIcon } from './use-case-icon'

export function UseCaseIndex({ role }: { role: Role }) {
  const useCases = openTo(role)
  return (
    <PageBody>
      <div className="grid gap-3 pt-2 wide:pt-6">
        <h2 className="text-2xl font-semibold tracking-tight text-balance">Every use of server push, on one line</h2>
        <p className="max-w-[62ch] text-ink-2">
          Each tab has one authenticated connection, and everything that changes while you look arrives on it. Open a
          use case and try it with a second person: sign in as somebody else in a private window or another browser.
        </p>
      </div>
      {groups.map((group) => {
        const members = useCases.filter((useCase) => useCase.group === group)
        if (members.length === 0) return null
        return (
          <section key={group} className="grid gap-2.5">
            <h3 className="text-sm font-medium text-ink-3">{group}</h3>
            <ul className="grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr))]">
              {members.map((useCase) => (
                <UseCaseCard key={useCase.slug} useCase={useCase} />
              ))}
            </ul>
          </section>
        )
      })}
    </PageBody>
  )
}

function UseCaseCard({ useCase }: { useCase: UseCase }) {
  return (
    <li className="group relative flex gap-3 rounded-md border border-line bg-panel p-4 wide:flex-col transition-colors hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <span className="grid size-8 shrink-0 place-items-center rounded-sm border border-line bg-sunken text-ink-2">
        <UseCaseIcon name={useCase.icon} />
      </span>
      <div className="grid gap-0.5">
        <Link
          href={useCase.href}
          className="flex items-center gap-1 font-medium after:absolute after:inset-0 focus-visible:outline-none"
        >
          {useCase.title}
          <ArrowRight
            aria-hidden
            className="size-3.5 text-accent opacity-0 transition-opacity group-hover:opacity-100 group-has-focus-visible:opacity-100"
          />
        </Link>
        <p className="text-sm text-ink-2">{useCase.blurb}</p>
      </div>
    </li>
  )
}
