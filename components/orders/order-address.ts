import { everyOrder, type OrderQuery, orderQuery } from '#channels/orders'

const part = orderQuery.shape

/** A query as it stands in the address; what is none of ours is as if it were not there. */
export function readQuery(params: Record<string, string | string[] | undefined>): OrderQuery {
  const sort = part.sort.catch(everyOrder.sort).parse(params.sort)
  const way = params.way === 'up' || params.way === 'down' ? params.way : sort === everyOrder.sort ? 'down' : 'up'
  return {
    state: part.state.catch(undefined).parse(params.state),
    priority: part.priority.catch(undefined).parse(params.priority),
    line: part.line.catch(undefined).parse(params.line),
    overdue: params.overdue === '1',
    search: part.search.catch('').parse(params.search),
    sort,
    descending: way === 'down',
    // People count pages from 1.
    page: part.page.catch(0).parse(Number(params.page ?? 1) - 1),
  }
}

/** What differs from the list as it is opened stands in the address, and nothing else. */
export function addressOf({ state, priority, line, overdue, search, sort, descending, page }: OrderQuery): string {
  const params = new URLSearchParams({
    ...(state && { state }),
    ...(priority && { priority }),
    ...(line && { line }),
    ...(overdue && { overdue: '1' }),
    ...(search && { search }),
    ...(sort !== everyOrder.sort && { sort }),
    ...(descending !== (sort === everyOrder.sort) && { way: descending ? 'down' : 'up' }),
    ...(page > 0 && { page: `${page + 1}` }),
  })
  return params.size > 0 ? `/orders?${params}` : '/orders'
}

/** Whether fewer orders are asked for than there are. */
export function isFiltered({ state, priority, line, overdue, search }: OrderQuery): boolean {
  return Boolean(state || priority || line || overdue || search)
}
