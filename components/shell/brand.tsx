const lamps = [
  [5, 5],
  [11, 5],
  [17, 5],
  [5, 11],
  [11, 11],
  [17, 11],
  [5, 17],
  [11, 17],
  [17, 17],
] as const
const lit = new Set([4, 6])

export function BrandMark({ className = 'size-5.5' }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 22 22" className={`shrink-0 ${className}`}>
      <rect width="22" height="22" rx="6" className="fill-ink" />
      {lamps.map(([x, y], place) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="2" className={lit.has(place) ? 'fill-lamp' : 'fill-page'} />
      ))}
    </svg>
  )
}

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 text-[0.9375rem] font-semibold tracking-tight">
      <BrandMark />
      Switchboard
    </span>
  )
}
