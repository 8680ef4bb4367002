import type { Message } from '#channels/chat'
import { Skeleton } from '#components/ui/skeleton'
import type { MessageActs } from './message-acts'
import type { Me } from './message-rights'
import { MessageRow } from './message-row'
import { estimate } from './row-view'
import { useDays } from './use-days'
import type { useRows } from './use-rows'

interface LogRowsProps {
  rows: ReturnType<typeof useRows>
  me: Me
  byNumber: ReadonlyMap<number, Message>
  line: number | undefined
  active: number | undefined
  lit: number | undefined
  acts: MessageActs
  onSeenNew: () => void
}

/** The rows in sight and around it; the padding keeps the place of all others. */
export function LogRows({ rows, me, byNumber, line, active, lit, acts, onSeenNew }: LogRowsProps) {
  const dayOf = useDays()
  const { list, from, to, above, below } = rows
  const shown = []
  for (let number = from; number <= to; number++) {
    const message = byNumber.get(number)
    const previous = byNumber.get(number - 1)
    if (!message) {
      shown.push(<UnloadedRow key={number} number={number} />)
      continue
    }
    const newDay = previous ? dayOf(previous.at) !== dayOf(message.at) : number === 1
    shown.push(
      <MessageRow
        key={number}
        me={me}
        message={message}
        quoted={message.replyTo === null ? undefined : byNumber.get(message.replyTo)}
        newDay={newDay}
        firstNew={line === number}
        continues={!newDay && line !== number && message.replyTo === null && continues(previous, message)}
        active={active === number}
        lit={lit === number}
        acts={acts}
        onSeenNew={onSeenNew}
      />,
    )
  }
  return (
    <ol ref={list} style={{ paddingTop: above, paddingBottom: below }}>
      {shown}
    </ol>
  )
}

/** In the place of a message on its way, as high as it is taken to be. */
function UnloadedRow({ number }: { number: number }) {
  return (
    <li
      aria-hidden
      style={{ height: estimate }}
      className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 px-4 pt-2.5 wide:px-6"
    >
      <Skeleton circle className="size-7" />
      <div className="grid content-start gap-2 pt-0.5">
        <Skeleton className="h-2.5 w-20" />
        <Skeleton className={`h-2.5 max-w-full ${number % 3 === 0 ? 'w-44' : number % 3 === 1 ? 'w-64' : 'w-80'}`} />
      </div>
    </li>
  )
}

/** Messages of one person in one go stand under one name, in milliseconds. */
const oneGo = 5 * 60_000
/** After so many it is said again, so that it is always in sight. */
const named = 20

function continues(previous: Message | undefined, message: Message): boolean {
  return previous?.author.id === message.author.id && message.at - previous.at < oneGo && message.number % named !== 1
}
