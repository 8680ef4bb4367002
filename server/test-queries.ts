import { container, fillContainer } from '#server/container'

/** For tests: counts what is asked of the database from now on, by what it is asked through: `$queryRaw`, `message`. */
export function countQueries() {
  const filled = container()
  const { database } = filled
  const counts = new Map<string, number>()
  const prisma = new Proxy(database.prisma, {
    get(target, key) {
      if (typeof key === 'string') counts.set(key, (counts.get(key) ?? 0) + 1)
      const value: unknown = Reflect.get(target, key)
      // What the client asks of itself on the way is no query.
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  fillContainer({ ...filled, database: { ...database, prisma } })
  return {
    of: (name: string) => counts.get(name) ?? 0,
    all: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    stop: () => fillContainer(filled),
  }
}
