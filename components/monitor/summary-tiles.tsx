import type { ReactNode } from 'react'
import type { NodeFigures } from '#channels/monitor'
import { bytes, figure } from './monitor-words.ts'

/** All nodes together: sums, and of the lag and the slowest socket the worst. */
export function SummaryTiles({ nodes }: { nodes: NodeFigures[] }) {
  const sum = (of: (node: NodeFigures) => number) => nodes.reduce((total, node) => total + of(node), 0)
  const measured = nodes.length > 0 && nodes.every(({ rates }) => rates)
  const rate = (of: 'calls' | 'pushes' | 'deliveries') =>
    measured
      ? figure(
          sum(({ rates }) => rates?.[of] ?? 0),
          true,
        )
      : undefined
  const lags = nodes.flatMap(({ lag }) => lag ?? [])
  return (
    <dl className="grid grid-cols-2 overflow-clip rounded-md border border-line bg-line [gap:1px] wide:grid-cols-4">
      <Tile term="Sockets" note={`on ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`}>
        {figure(sum(({ paths }) => paths.reduce((open, path) => open + path.open, 0)))}
      </Tile>
      <Tile term="Calls" note="per second">
        {rate('calls')}
      </Tile>
      <Tile term="Pushes" note="per second">
        {rate('pushes')}
      </Tile>
      <Tile term="Deliveries" note="per second">
        {rate('deliveries')}
      </Tile>
      <Tile term="Rooms" note="with members">
        {figure(sum(({ rooms }) => rooms))}
      </Tile>
      <Tile term="Waiting to be sent" note="all sockets">
        {bytes(sum(({ waiting }) => waiting.sum))}
      </Tile>
      <Tile term="Slowest socket" note="waits for">
        {bytes(Math.max(0, ...nodes.map(({ waiting }) => waiting.most)))}
      </Tile>
      <Tile term="Event loop" note="longest turn this second">
        {lags.length > 0 ? `${figure(Math.max(...lags), true)} ms` : undefined}
      </Tile>
    </dl>
  )
}

/** The place is kept while there is nothing to show yet. */
function Tile({ term, note, children }: { term: string; note: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5 bg-panel px-4 py-3">
      <dt className="text-sm text-ink-3">{term}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular-nums">
        {children ?? <span className="text-ink-3">measuring</span>}
      </dd>
      <dd className="text-xs text-ink-3">{note}</dd>
    </div>
  )
}
