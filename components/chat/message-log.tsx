import { ArrowDown, MessageSquare } from 'lucide-react'
import { Fragment } from 'react'
import type { Message } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'
import { EarlierMessages } from './earlier-messages'
import { MessageRow, UnconfirmedRow } from './message-row'
import type { RoomLink } from './room-list'
import type { useChat } from './use-chat'
import { useDays } from './use-days'
import { useScroll } from './use-scroll'

type MessageLogProps = { me: UserRef; room: RoomLink } & ReturnType<typeof useChat>

/** The messages, oldest on top, kept at the newest while that is where the reader is. */
export function MessageLog({ me, room, messages, more, history, loadOlder, outbox }: MessageLogProps) {
  const { unconfirmed, sendAgain, discard } = outbox
  const { log, content, follow, away, toNewest } = useScroll(messages[0]?.id, unconfirmed.length)
  const dayOf = useDays()
  const empty = messages.length === 0 && unconfirmed.length === 0
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={log}
        onScroll={follow}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
        tabIndex={0}
        aria-label="Messages"
        className="absolute inset-0 overflow-y-auto overscroll-contain"
      >
        <div ref={content} className="flex min-h-full flex-col justify-end px-4 py-4 wide:px-6">
          {empty && (
            <EmptyState icon={<MessageSquare />} title={`Nothing in ${room.title} yet`}>
              {room.topic} Write the first message below; everyone in the room sees it at once.
            </EmptyState>
          )}
          {!empty && <EarlierMessages more={more} history={history} onLoad={loadOlder} />}
          <ol>
            {messages.map((message, index) => {
              const previous = messages[index - 1]
              const newDay = !previous || dayOf(previous.at) !== dayOf(message.at)
              return (
                <Fragment key={message.id}>
                  {newDay && <Day at={message.at} />}
                  <MessageRow
                    message={message}
                    mine={message.author.id === me.id}
                    continues={!newDay && continues(previous, message)}
                  />
                </Fragment>
              )
            })}
            {unconfirmed.map((entry) => (
              <UnconfirmedRow
                key={entry.id}
                me={me}
                entry={entry}
                onSendAgain={() => sendAgain(entry)}
                onDiscard={() => discard(entry.id)}
              />
            ))}
          </ol>
        </div>
      </section>
      {away && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="sm"
            className="raised animate-appear"
            icon={<ArrowDown aria-hidden className="size-3.5" />}
            onClick={toNewest}
          >
            Newest messages
          </Button>
        </div>
      )}
    </div>
  )
}

function Day({ at }: { at: number }) {
  return (
    <li className="mt-5 mb-1 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <LocalTime at={at} form="date" />
    </li>
  )
}

/** Messages of one person in one go stand under one name, in milliseconds. */
const oneGo = 5 * 60_000

function continues(previous: Message | undefined, message: Message): boolean {
  return previous?.author.id === message.author.id && message.at - previous.at < oneGo
}
