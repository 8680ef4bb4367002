import { useLayoutEffect, useRef, useState } from 'react'
import type { JobLine } from '#channels/job'
import { saying } from '#components/monitor/saying.ts'
import { Button } from '#components/ui/button'
import { LocalTime } from '#components/ui/local-time'
import { Panel } from '#components/ui/panel'
import { ToneMark } from '#components/ui/tone-mark'

interface JobLogProps {
  lines: JobLine[]
  /** Whether there are lines before these. */
  earlier: boolean
  readEarlier: () => Promise<void>
}

const tones = { info: 'neutral', warning: 'warn', error: 'danger' } as const
const inks = { info: 'text-ink', warning: 'text-warn', error: 'text-danger' }
const words = { info: '', warning: 'Warning: ', error: 'Error: ' }
/** From the end of the log within which it is taken to be read to the end, in pixels. */
const nearEnd = 24

/** Follows its end as it grows, as long as that is where the reader is. */
export function JobLog({ lines, earlier, readEarlier }: JobLogProps) {
  const box = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const last = lines.at(-1)?.number

  useLayoutEffect(() => {
    void last
    if (follows && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [last, follows])

  async function read() {
    setBusy(true)
    setFollows(false)
    setFailed(await saying(readEarlier()))
    setBusy(false)
  }

  return (
    <Panel
      title="Log"
      actions={
        earlier && (
          <Button size="sm" busy={busy} onClick={() => void read()}>
            Show earlier lines
          </Button>
        )
      }
    >
      {failed && (
        <p role="alert" className="mb-2 text-sm text-danger">
          The earlier lines could not be had. {failed}
        </p>
      )}
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        role="log"
        aria-label="Log of the job"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollows(scrollHeight - scrollTop - clientHeight < nearEnd)
        }
        className="max-h-80 overflow-y-auto rounded-sm text-sm"
      >
        <ol>
          {lines.map(({ number, at, level, text }) => (
            <li key={number} className="flex animate-appear gap-3 py-0.5">
              <LocalTime at={at} form="seconds" className="shrink-0 font-mono text-xs leading-5 text-ink-3" />
              {level !== 'info' && (
                <span className="mt-1.5">
                  <ToneMark tone={tones[level]} />
                </span>
              )}
              <span className={`min-w-0 break-words ${inks[level]}`}>
                <span className="sr-only">{words[level]}</span>
                {text}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}
