import { LocalTime } from '#components/ui/local-time'
import { ToneMark } from '#components/ui/tone-mark'
import type { FeedWords } from './feed-words.ts'

/** How the quotes stand. */
export function FeedLine({ words: { tone, words, at, next } }: { words: FeedWords }) {
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <ToneMark tone={tone} />
      <span className="min-w-0">
        {words}
        {at !== null && (
          <>
            {' '}
            <LocalTime at={at} form="seconds" />
          </>
        )}
        {next && `. ${next}`}
      </span>
    </span>
  )
}
