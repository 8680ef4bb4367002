export type Tone = 'neutral' | 'ok' | 'warn' | 'danger'

const shapes = {
  neutral: {
    ink: 'text-ink-3',
    shape: <circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  },
  ok: { ink: 'text-ok', shape: <circle cx="4" cy="4" r="3.5" fill="currentColor" /> },
  warn: { ink: 'text-warn', shape: <path d="M4 .4 7.8 7.4H.2z" fill="currentColor" /> },
  danger: { ink: 'text-danger', shape: <path d="M4 0l4 4-4 4-4-4z" fill="currentColor" /> },
}

/** A shape per meaning, so that nothing is told by colour alone: ring, disc, triangle, diamond. */
export function ToneMark({ tone }: { tone: Tone }) {
  const { ink, shape } = shapes[tone]
  return (
    <svg aria-hidden="true" viewBox="0 0 8 8" className={`size-2 shrink-0 ${ink}`}>
      {shape}
    </svg>
  )
}
