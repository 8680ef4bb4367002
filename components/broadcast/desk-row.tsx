import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LocalTime } from '#components/ui/local-time'
import { audienceWords, severityWords } from './broadcast-words'
import { Countdown } from './countdown'
import type { DeskListProps } from './desk-list'
import { EditDialog } from './edit-dialog'
import type { DeskEntry, Stage } from './use-desk'

const tones = { info: 'neutral', warning: 'warn', danger: 'danger' } as const
const stageWords: Record<Stage, string> = {
  planned: 'planned',
  standing: 'standing',
  over: 'over',
  withdrawn: 'withdrawn',
}

/** One broadcast as its authors see it: where it stands, whom it has reached, and what can be done. */
export function DeskRow({ entry, edit, withdraw }: Pick<DeskListProps, 'edit' | 'withdraw'> & { entry: DeskEntry }) {
  const { id, text, severity, author, startsAt, expiresAt, countsTo, stage } = entry
  const changeable = stage === 'planned' || stage === 'standing'
  return (
    <li data-stage={stage} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className={`break-words whitespace-pre-wrap ${changeable ? '' : 'text-ink-2'}`}>{text}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
          <Badge tone={tones[severity]}>{severityWords[severity]}</Badge>
          <Badge tone={stage === 'standing' ? 'ok' : 'neutral'}>{stageWords[stage]}</Badge>
          <span>
            from {author} to {audienceWords(entry)}, <LocalTime at={startsAt} form="datetime" />
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
          {changeable && countsTo !== null && (
            <span>
              counts down: <Countdown to={countsTo} />
            </span>
          )}
        </p>
        {stage !== 'planned' && <Reached entry={entry} />}
      </div>
      {changeable && (
        <div className="flex gap-2">
          <EditDialog entry={entry} edit={edit} />
          <ConfirmDialog
            trigger={<Button size="sm">Withdraw</Button>}
            title="Withdraw this broadcast?"
            description="It disappears from every screen at once. It cannot be brought back, only written anew."
            confirm="Withdraw"
            variant="danger"
            onConfirm={async () => (await withdraw(id))?.message}
          />
        </div>
      )}
    </li>
  )
}

function Reached({ entry: { receipts, mustAcknowledge } }: { entry: DeskEntry }) {
  const { people, delivered, seen, acknowledged } = receipts ?? { people: 0, delivered: 0, seen: 0, acknowledged: 0 }
  const figures: [string, number][] = [
    ['Delivered', delivered],
    ['Seen', seen],
    ...(mustAcknowledge ? [['Acknowledged', acknowledged] satisfies [string, number]] : []),
  ]
  return (
    <dl className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2 tabular-nums">
      {figures.map(([name, count]) => (
        <div key={name} className="flex gap-1.5">
          <dt>{name}</dt>
          <dd className="font-medium text-ink">{people > 0 ? `${count} of ${people}` : count}</dd>
        </div>
      ))}
    </dl>
  )
}
