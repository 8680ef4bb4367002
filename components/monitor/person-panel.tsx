import type { Ref } from 'react'
import type { UserRef } from '#channels/user'
import { EmptyState } from '#components/ui/empty-state'
import { Field } from '#components/ui/field'
import { Panel } from '#components/ui/panel'
import { Select } from '#components/ui/select'
import { Timeline } from './timeline-panel'
import type { Monitor } from './use-monitor'

interface PersonPanelProps {
  people: UserRef[]
  person: UserRef | undefined
  monitor: Monitor
  onChoose: (person: UserRef | undefined) => void
  /** Comes into view when somebody is chosen in the list. */
  selectRef: Ref<HTMLSelectElement>
}

/** One person at a time, whether they are here or have been. */
export function PersonPanel({ people, person, monitor, onChoose, selectRef }: PersonPanelProps) {
  return (
    <Panel title="One person" about="What happened to them, without a word of what they said.">
      <div className="grid gap-4">
        <Field label="Timeline of">
          {(control) => (
            <Select
              {...control}
              ref={selectRef}
              value={person?.id ?? ''}
              onChange={(event) => onChoose(people.find(({ id }) => id === event.target.value))}
            >
              <option value="">Choose a person</option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {person ? (
          <Timeline key={person.id} person={person} monitor={monitor} />
        ) : (
          <EmptyState title="Nobody chosen">Press a name in the list of sockets, or choose one above.</EmptyState>
        )}
      </div>
    </Panel>
  )
}
