import { X } from 'lucide-react'
import { everyOrder, type OrderQuery, orderPriority, orderSort, stateFilter } from '#channels/orders'
import { productLine } from '#channels/product'
import { lineWords, priorityWords, stateWords } from '#components/order/order-words.ts'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { Switch } from '#components/ui/switch'
import { isFiltered } from './order-address'
import { SearchField } from './search-field'
import { sortWords } from './sort-words'
import { choose } from './use-order-address'

/** Which orders are listed; it stands in the address, and the server looks for them. */
export function OrderFilters({ query }: { query: OrderQuery }) {
  const look = (change: Partial<OrderQuery>) => choose({ ...query, page: 0, ...change })
  return (
    <search aria-label="Orders" className="grid gap-3">
      <div className="grid grid-cols-2 gap-3 wide:[grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr))]">
        <div className="max-wide:col-span-2">
          <SearchField query={query} />
        </div>
        <Field label="State">
          {(control) => (
            <Select
              {...control}
              value={query.state ?? ''}
              onChange={(event) => look({ state: stateFilter.safeParse(event.target.value).data })}
            >
              <option value="">All states</option>
              <option value="active">Open or in production</option>
              {Object.entries(stateWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Priority">
          {(control) => (
            <Select
              {...control}
              value={query.priority ?? ''}
              onChange={(event) => look({ priority: orderPriority.safeParse(event.target.value).data })}
            >
              <option value="">All priorities</option>
              {Object.entries(priorityWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="With products of">
          {(control) => (
            <Select
              {...control}
              value={query.line ?? ''}
              onChange={(event) => look({ line: productLine.safeParse(event.target.value).data })}
            >
              <option value="">All lines</option>
              {Object.entries(lineWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="wide:hidden">
          <Field label="Sort by">
            {(control) => (
              <Select
                {...control}
                value={`${query.sort} ${query.descending ? 'down' : 'up'}`}
                onChange={(event) => {
                  const [sort, way] = event.target.value.split(' ')
                  look({ sort: orderSort.catch(everyOrder.sort).parse(sort), descending: way === 'down' })
                }}
              >
                {Object.entries(sortWords).flatMap(([sort, { up, down }]) => [
                  <option key={`${sort} up`} value={`${sort} up`}>
                    {up}
                  </option>,
                  <option key={`${sort} down`} value={`${sort} down`}>
                    {down}
                  </option>,
                ])}
              </Select>
            )}
          </Field>
        </div>
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-6 gap-y-2">
        <Switch label="Overdue only" checked={query.overdue} onCheckedChange={(overdue) => look({ overdue })} />
        {isFiltered(query) && (
          <Button
            size="sm"
            variant="ghost"
            icon={<X aria-hidden className="size-3.5" />}
            onClick={() => choose({ ...everyOrder, sort: query.sort, descending: query.descending })}
          >
            Clear filters
          </Button>
        )}
      </div>
    </search>
  )
}
