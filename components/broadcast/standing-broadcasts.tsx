import { Megaphone } from 'lucide-react'
import type { Broadcast } from '#channels/broadcast'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'
import { audienceWords, severityWords } from './broadcast-words'

interface StandingBroadcastsProps {
  standing: Broadcast[]
  /** Resolves with why it did not work, in words. */
  withdraw: (id: string) => Promise<string | undefined>
}

const tones = { info: 'neutral', warning: 'warn', danger: 'danger' } as const

export function StandingBroadcasts({ standing, withdraw }: StandingBroadcastsProps) {
  if (standing.length === 0) {
    return (
      <EmptyState icon={<Megaphone />} title="Nothing is being broadcast">
        Write a message above. It stands here for as long as it holds.
      </EmptyState>
    )
  }
  return (
    <ul className="-my-3 divide-y divide-line">
      {standing.map(({ id, text, severity, audience, author, at, expiresAt }) => (
        <li key={id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
          <div className="min-w-0 flex-1 basis-60">
            <p className="break-words whitespace-pre-wrap">{text}</p>
            <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
              <Badge tone={tones[severity]}>{severityWords[severity]}</Badge>
              <span>
                from {author} to {audienceWords[audience]}, <LocalTime at={at} form="datetime" />
              </span>
              <span>
                {expiresAt === null ? (
                  'until withdrawn'
                ) : (
                  <>
                    until <LocalTime at={expiresAt} form="datetime" />
                  </>
                )}
              </span>
            </p>
          </div>
          <ConfirmDialog
            trigger={<Button size="sm">Withdraw</Button>}
            title="Withdraw this broadcast?"
            description="It disappears from every screen at once. It cannot be brought back, only written anew."
            confirm="Withdraw"
            variant="danger"
            onConfirm={() => withdraw(id)}
          />
        </li>
      ))}
    </ul>
  )
}
