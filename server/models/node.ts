import { container } from '#server/container'

// Every time here is the database's own: nodes whose clocks are wrong must not take each other for dead.

/** Says that the node is alive; false when it has no row, because it is new or was taken for dead. */
export async function touchNode(id: string): Promise<boolean> {
  const { prisma } = container().database
  return (await prisma.$executeRaw`UPDATE node SET seen_at = now() WHERE id = ${id}::uuid`) > 0
}

/** `startedAt` is milliseconds since 1970; a node without one starts now. Gives the moment that stands in the row. */
export async function insertNode(id: string, startedAt?: number): Promise<number> {
  const before = startedAt === undefined ? null : new Date(startedAt)
  const [row] = await container().database.prisma.$queryRaw<{ startedAt: Date }[]>`
    INSERT INTO node (id, started_at, seen_at) VALUES (${id}::uuid, COALESCE(${before}, now()), now())
    ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at
    RETURNING started_at AS "startedAt"`
  if (!row) throw new Error('The database did not return the row of this node.')
  return row.startedAt.getTime()
}

/** Its connections go with it. */
export async function deleteNode(id: string): Promise<void> {
  await container().database.prisma.$executeRaw`DELETE FROM node WHERE id = ${id}::uuid`
}

/** Those of the given nodes that have no row: they have left, or were found dead. */
export async function findGoneNodes(ids: string[]): Promise<string[]> {
  const there = await container().database.prisma.node.findMany({ where: { id: { in: ids } }, select: { id: true } })
  return ids.filter((id) => !there.some((node) => node.id === id))
}

/**
 * Deletes every node but `self` that was not seen for so many milliseconds, or simply every other one, each with its
 * connections. Gives the ids of those it deleted: of several nodes that clean at the same time each dead one is
 * given to one alone.
 */
export async function deleteDeadNodes(self: string, unseenFor?: number): Promise<string[]> {
  const rows = await container().database.prisma.$queryRaw<{ id: string }[]>`
    DELETE FROM node
    WHERE id <> ${self}::uuid
      AND (${unseenFor === undefined} OR seen_at < now() - ${unseenFor ?? 0} * interval '1 millisecond')
    RETURNING id::text`
  return rows.map(({ id }) => id)
}
