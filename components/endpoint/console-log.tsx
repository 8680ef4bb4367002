import { ArrowDownLeft, ArrowUpRight, Minus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { LocalTime } from '#components/ui/local-time'
import type { ConsoleEntry } from './console-frames.ts'
import { sizeWords } from './endpoint-words.ts'

const directions = {
  in: { Icon: ArrowDownLeft, word: 'Received', ink: 'text-ok' },
  out: { Icon: ArrowUpRight, word: 'Sent', ink: 'text-accent' },
  line: { Icon: Minus, word: '', ink: 'text-ink-3' },
}

/** Not a live region: an endpoint may speak every second. It stays at the newest while that is where the reader is. */
export function ConsoleLog({ entries }: { entries: ConsoleEntry[] }) {
  const log = useRef<HTMLElement>(null)
  const following = useRef(true)
  const last = entries.at(-1)?.number
  useEffect(() => {
    if (last !== undefined && following.current) log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [last])

  return (
    <section
      ref={log}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < 24
      }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
      tabIndex={0}
      aria-label="Frames"
      className="h-64 overflow-y-auto overscroll-contain rounded-sm border border-line bg-sunken"
    >
      {entries.length === 0 && (
        <p className="p-4 text-sm text-ink-3">Nothing yet. Open the socket; what goes in and out stands here.</p>
      )}
      <ol className="py-1">
        {entries.map((entry) => (
          <Entry key={entry.number} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry: { at, kind, bytes, text, decoded } }: { entry: ConsoleEntry }) {
  const { Icon, word, ink } = directions[kind]
  return (
    <li data-kind={kind} className="flex flex-wrap gap-x-2.5 px-3 py-1 font-mono text-xs wide:flex-nowrap">
      <span className="flex shrink-0 items-start gap-2.5 text-ink-3">
        <LocalTime at={at} form="precise" />
        <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${ink}`} />
        {word && <span className="sr-only">{word}</span>}
        <span className="w-17 text-right whitespace-nowrap tabular-nums">{bytes !== null && sizeWords(bytes)}</span>
      </span>
      <span
        className={`min-w-0 basis-full [overflow-wrap:anywhere] whitespace-pre-wrap wide:basis-auto ${kind === 'line' ? 'text-ink-2 italic' : 'text-ink'}`}
      >
        {text}
        {decoded !== undefined && <span className="block text-ink-2">= {decoded}</span>}
      </span>
    </li>
  )
}
