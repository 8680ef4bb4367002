import { type InboxFilter, inboxState, notificationKind, notificationKinds } from '#channels/notification'
import { Segmented } from '#components/ui/segmented'
import { Select } from '#components/ui/select'
import { kindWords, stateWords } from './kind-words'

const states = inboxState.options.map((value) => ({ value, label: stateWords[value] }))

interface InboxFiltersProps {
  filter: InboxFilter
  onChoose: (filter: InboxFilter) => void
}

/** What is chosen stands in the address, so that it can be kept, sent and gone back to. */
export function InboxFilters({ filter, onChoose }: InboxFiltersProps) {
  return (
    <>
      <Segmented
        legend="Show"
        hideLegend
        name="state"
        options={states}
        value={filter.state}
        onValueChange={(state) => onChoose({ ...filter, state })}
      />
      <Select
        aria-label="Kind"
        value={filter.kind ?? ''}
        onChange={({ target }) => onChoose({ ...filter, kind: notificationKind.safeParse(target.value).data })}
      >
        <option value="">All kinds</option>
        {notificationKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind].name}
          </option>
        ))}
      </Select>
    </>
  )
}
