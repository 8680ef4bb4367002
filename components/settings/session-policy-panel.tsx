'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { type SessionPolicy, sessionPolicy } from '#channels/session'
import type { Refused } from '#channels/wire'
import type { Role } from '#components/catalog'
import { policyWords } from '#components/session/policy-words.ts'
import { Panel } from '#components/ui/panel'
import { Spinner } from '#components/ui/spinner'

interface SessionPolicyPanelProps {
  role: Role
  policy: SessionPolicy
  change: (policy: SessionPolicy) => Promise<Refused | undefined>
}

export function SessionPolicyPanel({ role, policy, change }: SessionPolicyPanelProps) {
  const router = useRouter()
  const [wanted, setWanted] = useState(policy)
  const [busy, startChange] = useTransition()

  function set(next: SessionPolicy) {
    if (busy) return
    setWanted(next)
    startChange(async () => {
      const refused = await change(next).catch(() => unanswered)
      if (!refused) return router.refresh()
      setWanted(policy)
      toast.error('The policy was not changed.', { description: refused.message })
    })
  }

  return (
    <Panel
      title="Sign-in policy"
      about={`What becomes of a session when its person signs in once more. ${role === 'admin' ? 'It holds from the next sign-in on, for everyone without a policy of their own.' : 'Only an admin can change this.'}`}
      actions={busy && <Spinner className="text-ink-3" />}
    >
      <fieldset disabled={role !== 'admin'} aria-busy={busy || undefined} className="grid gap-1">
        <legend className="sr-only">Sign-in policy</legend>
        {sessionPolicy.options.map((option) => (
          <label
            key={option}
            className="-mx-2 flex items-start gap-3 rounded-sm px-2 py-2 has-enabled:hover:bg-line/40 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="policy"
              value={option}
              checked={wanted === option}
              onChange={() => set(option)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="grid gap-0.5">
              <span className="text-md font-medium">{policyWords[option].title}</span>{' '}
              <span className="text-sm text-ink-3">{policyWords[option].text}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Panel>
  )
}

const unanswered = { message: 'The server did not answer. Try again.' }
