import { LocalTime } from '#components/ui/local-time'

export interface EndedPlace {
  /** Milliseconds since 1970. */
  at?: number
  /** Where the sign-in that ended this session came from. */
  by?: { device: string; address: string }
}

export function EndedPlaceList({ at, by }: EndedPlace) {
  const rows = [
    { term: 'Device', value: by?.device },
    { term: 'Address', value: by && <span className="font-mono text-xs">{by.address}</span> },
    { term: 'When', value: at && <LocalTime at={at} form="datetime" /> },
  ].filter((row) => row.value)
  if (rows.length === 0) return null
  return (
    <dl className="divide-y divide-line rounded-md border border-line bg-panel text-sm">
      {rows.map(({ term, value }) => (
        <div key={term} className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-3 px-3 py-2">
          <dt className="text-ink-3">{term}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
