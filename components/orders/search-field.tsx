import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { OrderQuery } from '#channels/orders'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { choose } from './use-order-address'

/** Someone who types is asked for what they have typed so far once they pause, in milliseconds. */
const typed = 250

/** Follows the address, except while somebody types into it. */
export function SearchField({ query }: { query: OrderQuery }) {
  const [text, setText] = useState(query.search)
  const typing = useRef(false)
  const { search } = query
  useEffect(() => {
    // A space at the end is not looked for, but a word may come after it.
    if (!typing.current) setText((now) => (now.trim() === search ? now : search))
  }, [search])
  useEffect(() => {
    if (!typing.current) return
    const timer = setTimeout(() => {
      typing.current = false
      if (text.trim() !== search) choose({ ...query, page: 0, search: text.trim() }, 'replace')
    }, typed)
    return () => clearTimeout(timer)
  }, [text, search, query])
  return (
    <Field label="Search">
      {(control) => (
        <div className="relative">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
          />
          <Input
            {...control}
            type="search"
            value={text}
            maxLength={80}
            placeholder="Number, reference, customer"
            autoComplete="off"
            spellCheck={false}
            className="pl-8"
            onChange={(event) => {
              typing.current = true
              setText(event.target.value)
            }}
          />
        </div>
      )}
    </Field>
  )
}
