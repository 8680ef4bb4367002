import { Trophy } from 'lucide-react'
import { playedBy, pointsOf, type Standing } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { EmptyState } from '#components/ui/empty-state'

/** The most rows that are shown; one's own is always there. */
const mostShown = 20

const heading = 'px-1.5 py-1.5 font-medium first:pl-0 last:pr-0'
const cell = 'px-1.5 py-1.5 first:pl-0 last:pr-0'

export function StandingTable({ me, standings }: { me: UserRef; standings: Standing[] }) {
  if (standings.length === 0) {
    return (
      <EmptyState icon={<Trophy />} title="No game has been decided yet">
        A win counts one point, a draw half of one.
      </EmptyState>
    )
  }
  const rows = standings
    .map((standing, place) => ({ ...standing, place: place + 1 }))
    .filter(({ user, place }) => place <= mostShown || user.id === me.id)
  return (
    <table className="w-full text-right text-sm tabular-nums">
      <thead className="text-xs text-ink-3">
        <tr className="border-b border-line">
          <th scope="col" className={heading}>
            <span className="sr-only">Place</span>
          </th>
          <th scope="col" className={`${heading} w-full text-left`}>
            Player
          </th>
          <th scope="col" className={heading}>
            Points
          </th>
          <th scope="col" className={heading}>
            Won
          </th>
          <th scope="col" className={heading}>
            Drawn
          </th>
          <th scope="col" className={heading}>
            Lost
          </th>
          <th scope="col" className={`${heading} max-wide:hidden`}>
            Played
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ place, ...standing }) => {
          const { user, won, drawn, lost } = standing
          return (
            <tr key={user.id} className={user.id === me.id ? 'font-medium' : ''}>
              <td className={`${cell} text-ink-3`}>{place}</td>
              <th scope="row" className={`${cell} text-left font-medium`}>
                {user.name}
                {user.id === me.id && <span className="font-normal text-ink-3"> you</span>}
              </th>
              <td className={cell}>{pointsOf(standing)}</td>
              <td className={cell}>{won}</td>
              <td className={cell}>{drawn}</td>
              <td className={cell}>{lost}</td>
              <td className={`${cell} max-wide:hidden`}>{playedBy(standing)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
