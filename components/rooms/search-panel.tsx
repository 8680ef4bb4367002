import { Search } from 'lucide-react'
import { useState } from 'react'
import type { UserRef } from '#channels/user'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Input } from '#components/ui/input'
import { Spinner } from '#components/ui/spinner'
import { SearchHitLink } from './search-hit-link'
import { useSearch } from './use-search'

interface SearchPanelProps {
  me: UserRef
  onFollow: () => void
}

/** A text to look for and the messages it finds, newest first. */
export function SearchPanel({ me, onFollow }: SearchPanelProps) {
  const [text, setText] = useState('')
  const { found, busy, failure, again, older } = useSearch(text)
  return (
    <div className="grid min-h-0 gap-2">
      <div className="relative">
        <Input
          type="search"
          aria-label="Search for"
          autoComplete="off"
          maxLength={200}
          placeholder="Words"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {busy && <Spinner className="absolute top-1/2 right-2.5 -mt-2 text-ink-3" />}
      </div>
      <div className="-mx-2 h-[min(22rem,55dvh)] overflow-y-auto" aria-busy={busy}>
        <p role="status" className="sr-only">
          {found && !busy && (found.hits.length === 0 ? 'Nothing found.' : `${found.hits.length} messages found.`)}
        </p>
        {failure && (
          <ErrorState title="The search did not work." onRetry={again}>
            {failure}
          </ErrorState>
        )}
        {!failure && !found && (
          <EmptyState icon={<Search />} title="What was it about">
            One or more words, as they stood in the message. The last may be a beginning.
          </EmptyState>
        )}
        {!failure && found?.hits.length === 0 && (
          <EmptyState icon={<Search />} title={`Nothing with “${found.text}”`}>
            Fewer words find more, and so does the beginning of one.
          </EmptyState>
        )}
        {!failure && found && found.hits.length > 0 && (
          <ul aria-label="Messages found">
            {found.hits.map((hit) => (
              <li key={hit.message.id}>
                <SearchHitLink hit={hit} mine={hit.message.author.id === me.id} onFollow={onFollow} />
              </li>
            ))}
          </ul>
        )}
        {!failure && found?.more && (
          <div className="grid justify-items-center py-2">
            <Button variant="ghost" size="sm" busy={busy} onClick={older}>
              Older messages
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
