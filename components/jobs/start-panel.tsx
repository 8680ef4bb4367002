import { type ReactNode, useState } from 'react'
import type { JobKind } from '#channels/job'
import { type NewJob, repriceInput } from '#channels/jobs'
import { ImportForm } from '#components/job/import-form'
import type { Me } from '#components/job/job-words.ts'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Panel } from '#components/ui/panel'
import { Segmented } from '#components/ui/segmented'
import { StartForm } from './start-form'

interface StartPanelProps {
  me: Me
  start: (job: NewJob) => Promise<void>
}

const kinds: { value: JobKind; label: string; forAdmins?: true }[] = [
  { value: 'import', label: 'Import' },
  { value: 'report', label: 'Report' },
  { value: 'reprice', label: 'New prices', forAdmins: true },
]

/** All of it stays mounted: an upload goes on while another form is looked at. */
export function StartPanel({ me, start }: StartPanelProps) {
  const [kind, setKind] = useState<JobKind>('import')
  const options = kinds.filter(({ forAdmins }) => !forAdmins || me.role === 'admin')
  const form = (of: JobKind, content: ReactNode) => <div hidden={kind !== of}>{content}</div>
  return (
    <Panel
      title="Start a job"
      about="It runs on the server, whether you stay or leave, and you are told when it has ended."
    >
      <div className="mb-4">
        <Segmented legend="Kind of job" hideLegend name="kind" options={options} value={kind} onValueChange={setKind} />
      </div>
      {form('import', <ImportForm />)}
      {form(
        'report',
        <StartForm
          title="Report over all orders"
          about="A file of every order, and what they come to by month, line of products and customer, to print."
          verb="Make the report"
          wish={(visibility) => ({ kind: 'report', input: {}, visibility })}
          start={start}
        />,
      )}
      {me.role === 'admin' && form('reprice', <RepriceForm start={start} />)}
    </Panel>
  )
}

function RepriceForm({ start }: Pick<StartPanelProps, 'start'>) {
  const [most, setMost] = useState('5')
  const checked = repriceInput.safeParse({ most: most.trim() === '' ? Number.NaN : Number(most) })
  const wrong = checked.success ? undefined : (checked.error.issues[0]?.message ?? 'Choose a whole number.')
  return (
    <StartForm
      title="New prices"
      about="For every product, from what was ordered lately and how long the stock lasts. Placed orders keep theirs."
      verb="Change the prices"
      // What is wrong stands at the field; the server says so too.
      wish={(visibility) => ({ kind: 'reprice', input: { most: Number(most) }, visibility })}
      start={start}
    >
      <Field label="By how much at most, in %" error={wrong}>
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={30}
            className="max-w-24 tabular-nums"
            value={most}
            onChange={(event) => setMost(event.target.value)}
          />
        )}
      </Field>
    </StartForm>
  )
}
