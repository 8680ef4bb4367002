import type { OrderPlan } from '#channels/plan'
import { drawMap, height, width } from './map-drawing'

/** Told apart by number and by the kind of line, not by colour. */
const dashes = ['', '7 4', '2 4', '10 4 2 4', '14 5', '4 3']

/** Where the tours go, north up. All it shows is in the list of tours too. */
export function TourMap({ plan }: { plan: OrderPlan }) {
  const { home, sites, tours } = drawMap(plan)
  const names = new Map(plan.sites.map(({ id, name }) => [id, name]))
  const ways = plan.tours.map(
    ({ stops }, nth) => `tour ${nth + 1} to ${stops.map(({ siteId }) => names.get(siteId) ?? 'a site').join(' and ')}`,
  )
  return (
    <svg
      role="img"
      aria-label={`Map of the tours from the workshop: ${ways.join('; ')}.`}
      viewBox={`0 0 ${width} ${height}`}
      className="w-full max-w-lg justify-self-center rounded-md border border-line bg-sunken"
    >
      {tours.map(({ path, number }) => (
        <path
          key={number}
          d={path}
          fill="none"
          strokeWidth={1.2}
          strokeDasharray={dashes[(number - 1) % dashes.length]}
          className="stroke-accent"
        />
      ))}
      <rect x={home.x - 4} y={home.y - 4} width={8} height={8} className="fill-ink" />
      <Label {...home} name="Workshop" />
      {sites.map(({ id, name, x, y }) => (
        <g key={id}>
          <circle cx={x} cy={y} r={3.5} strokeWidth={1.5} className="fill-panel stroke-ink" />
          <Label x={x} y={y} name={name} />
        </g>
      ))}
      {tours.map(({ badge, number }) => (
        <g key={number}>
          <circle cx={badge.x} cy={badge.y} r={7} className="fill-panel stroke-accent" />
          <text x={badge.x} y={badge.y + 3.2} textAnchor="middle" className="fill-ink text-[9px] tabular-nums">
            {number}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** On the side where there is room, with the ground behind it. */
function Label({ x, y, name }: { x: number; y: number; name: string }) {
  const left = x > width * 0.6
  return (
    <text
      x={left ? x - 7 : x + 7}
      y={y + 4}
      textAnchor={left ? 'end' : 'start'}
      strokeWidth={3}
      paintOrder="stroke"
      className="fill-ink stroke-sunken text-[11px]"
    >
      {name}
    </text>
  )
}
