'use client'

import type { Role } from '#components/catalog'
import { Avatar } from '#components/ui/avatar'
import { Spinner } from '#components/ui/spinner'
import { useAlive } from '#components/ui/use-alive.ts'

export interface DemoPerson {
  name: string
  role: Role
}

export interface DemoPeopleProps {
  people: readonly DemoPerson[]
  password: string
  /** Who is being signed in from here. */
  pending: string | undefined
  disabled: boolean
  onPick: (name: string) => void
}

export function DemoPeople({ people, password, pending, disabled, onPick }: DemoPeopleProps) {
  const alive = useAlive()
  return (
    <section aria-labelledby="demo-people" className="grid gap-3 border-t border-line pt-5">
      <div>
        <h2 id="demo-people" className="text-sm font-medium">
          Demonstration people
        </h2>
        <p className="text-xs text-ink-3">
          One click signs you in. Their password is <code className="font-mono text-ink-2">{password}</code>.
        </p>
      </div>
      <ul className="grid grid-cols-2 gap-2">
        {people.map((person) => (
          <li key={person.name}>
            <button
              type="button"
              aria-busy={pending === person.name || undefined}
              disabled={!alive}
              aria-disabled={disabled || undefined}
              onClick={() => {
                if (!disabled) onPick(person.name)
              }}
              className="target flex w-full items-center gap-2.5 rounded-sm border border-line bg-panel p-2 text-left text-sm transition-colors hover:border-line-strong hover:bg-line/40"
            >
              <Avatar name={person.name} />
              <span className="min-w-0 flex-1 leading-4.5">
                <span className="block truncate font-medium">{person.name}</span>{' '}
                <span className="block text-xs text-ink-3">{person.role}</span>
              </span>
              {pending === person.name && <Spinner className="text-ink-3" />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
