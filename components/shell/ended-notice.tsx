import type { EndReason } from '#channels/wire'
import { LocalTime } from '#components/ui/local-time'
import { Notice } from '#components/ui/notice'
import type { EndedPlace } from './ended-place'
import { alarm, endedWords } from './ended-words'

/** The words of the ended screen, for the sign-in page. */
export function EndedNotice({ reason, at, by }: EndedPlace & { reason: EndReason }) {
  const { tone, title, text, alarming } = endedWords[reason]
  return (
    <Notice tone={tone} title={title} role="status">
      <div className="grid gap-1">
        <p>{text}</p>
        {(by || at) && (
          <p>
            {by && `${by.device}, ${by.address}`}
            {by && at && ', '}
            {at && <LocalTime at={at} form="datetime" />}
          </p>
        )}
        {alarming && <p>{alarm}</p>}
      </div>
    </Notice>
  )
}
