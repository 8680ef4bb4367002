import type { SessionPolicy } from '#channels/session'
import type { ListedUser, UserRef } from '#channels/user'
import { policyWords } from '#components/session/policy-words.ts'
import { Avatar } from '#components/ui/avatar'
import { Badge } from '#components/ui/badge'
import { Link } from '#components/ui/link'
import { Panel } from '#components/ui/panel'

interface UserListProps {
  users: ListedUser[]
  me: UserRef
  /** That of the installation. */
  policy: SessionPolicy
}

/** Never empty: whoever looks is in it. */
export function UserList({ users, me, policy }: UserListProps) {
  return (
    <Panel title="People" about="Open one to change name, role, policy or password, and to see their sessions.">
      <ul className="-my-4 -mx-2 divide-y divide-line">
        {users.map(({ id, name, role, disabledAt, policy: own, sessions }) => (
          <li
            key={id}
            className="relative flex items-center gap-3 px-2 py-3 hover:bg-line/40 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <Avatar name={name} />
            <div className="grid min-w-0 flex-1 gap-0.5">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={`/settings/users/${id}`}
                  className="font-medium break-all after:absolute after:inset-0 focus-visible:outline-none"
                >
                  {name}
                </Link>
                <Badge>{role}</Badge>
                {disabledAt !== null && <Badge tone="danger">Disabled</Badge>}
                {id === me.id && <span className="text-sm text-ink-3">you</span>}
              </p>
              <p className="text-sm text-ink-3">
                {own ? policyWords[own].title : `${policyWords[policy].title}, as for everyone`}
              </p>
            </div>
            <p className="text-right text-sm text-ink-2 tabular-nums">
              {sessions === 0 ? 'No session' : `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
