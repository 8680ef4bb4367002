import type { NodeFigures } from '#channels/monitor'
import { Panel } from '#components/ui/panel'
import { bytes, figure, shortNode } from './monitor-words.ts'

/** Each node by itself, with its sockets by path. */
export function NodePanel({ nodes }: { nodes: NodeFigures[] }) {
  return (
    <Panel title="Nodes" about="Each server process, with its sockets by path.">
      <ul className="-my-4 divide-y divide-line wide:-my-5">
        {nodes.map(({ node, paths, rates, waiting, lag }) => (
          <li key={node} className="grid gap-2 py-3 text-sm">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <span className="font-mono text-xs">{shortNode(node)}</span>
              <span className="text-ink-3 tabular-nums">
                {rates ? `${figure(rates.deliveries, true)} deliveries/s` : 'measuring'}, {bytes(waiting.sum)} waiting
                {lag !== null && `, ${figure(lag, true)} ms lag`}
              </span>
            </p>
            <ul className="grid gap-1">
              {paths
                .toSorted((a, b) => b.open - a.open)
                .map(({ path, open }) => (
                  <li key={path} className="flex justify-between gap-4">
                    <span className="min-w-0 font-mono text-xs break-all text-ink-2">{path}</span>
                    <span className="tabular-nums">{figure(open)}</span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
