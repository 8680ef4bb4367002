import { type FocusEvent, useCallback, useEffect, useState } from 'react'
import { EmptyRoom } from './empty-room'
import { LogButtons } from './log-buttons'
import { LogRows } from './log-rows'
import type { MessageActs } from './message-acts'
import type { Me } from './message-rights'
import { rowOf, stepRow } from './row-steps'
import { UnconfirmedRow } from './unconfirmed-row'
import type { Chat } from './use-chat'
import { useJump } from './use-jump'
import { useNewLine } from './use-new-line'
import { usePages } from './use-pages'
import { useVisible } from './use-read-marker'
import { useRows } from './use-rows'

interface MessageLogProps {
  me: Me
  chat: Chat
  name: string
  /** How far one has read, by the list of rooms. */
  read: number
  acts: MessageActs
  /** A message to go to, as often as this is another object. */
  wanted: { number: number } | undefined
  onReading: (reading: boolean) => void
}

/** The messages, oldest on top; of many those in sight. Kept at the newest while that is where the reader is. */
export function MessageLog({ me, chat, name, read, acts, wanted, onReading }: MessageLogProps) {
  const { byNumber, last, status, outbox, room } = chat
  const { unconfirmed, sendAgain, discard } = outbox
  const rows = useRows({ last, first: chat.messages[0]?.number ?? 1, unconfirmed: unconfirmed.length })
  const { from, to, away } = rows

  const quoted = unconfirmed.map(({ replyTo }) => replyTo)
  for (let number = from; number <= to; number++) quoted.push(byNumber.get(number)?.replyTo ?? null)
  const has = (number: number) => byNumber.has(number)
  const pages = usePages({
    room: chat.channel,
    status,
    has,
    from,
    to,
    last,
    quoted: quoted.filter((number) => number !== null),
  })

  const visible = useVisible()
  const reading = visible && !away && status === 'joined'
  useEffect(() => onReading(reading), [reading, onReading])
  const line = useNewLine({ read, last, reading })
  const [seen, setSeen] = useState<number>()
  const seeLine = useCallback(() => setSeen(line), [line])

  const [active, setActive] = useState<number>()
  const lit = useJump({ wanted, last, toRow: rows.toRow, log: rows.log, has, onArrive: setActive })

  return (
    <div className="relative min-h-0 flex-1">
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: arrows go from message to message, whichever has the focus */}
      <section
        ref={rows.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
        tabIndex={0}
        aria-label="Messages"
        onFocus={(event: FocusEvent) => setActive((before) => rowOf(event.target) ?? before)}
        onKeyDown={stepRow}
        // Reversed, so that it begins at its end, before any script runs, and is measured from there; see RowView.
        className="absolute inset-0 flex flex-col-reverse overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div className="pt-4 pb-3">
          {last === 0 && unconfirmed.length === 0 && <EmptyRoom room={room} name={name} />}
          {from === 1 && last > 0 && (
            <p className="pb-2 text-center text-xs text-ink-3">This is where the room begins.</p>
          )}
          <LogRows
            rows={rows}
            me={me}
            byNumber={byNumber}
            line={line}
            active={active}
            lit={lit}
            acts={acts}
            onSeenNew={seeLine}
          />
          {unconfirmed.length > 0 && (
            <ol>
              {unconfirmed.map((entry) => (
                <UnconfirmedRow
                  key={entry.id}
                  me={me}
                  entry={entry}
                  quoted={entry.replyTo === null ? undefined : byNumber.get(entry.replyTo)}
                  onJump={acts.onJump}
                  onSendAgain={() => sendAgain(entry)}
                  onDiscard={() => discard(entry.id)}
                />
              ))}
            </ol>
          )}
        </div>
      </section>
      <LogButtons
        firstNew={line !== undefined && seen !== line && (!away || line < from) ? line : undefined}
        last={last}
        read={read}
        away={away}
        failed={pages.failed}
        onJump={acts.onJump}
        onNewest={rows.toEnd}
        onRetry={pages.retry}
      />
    </div>
  )
}
