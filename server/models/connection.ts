import { container } from '#server/container'
import { Prisma } from '#server/db/generated/client'
import { type PathFilter, parsePathFilter } from '#server/models/path-filter'

/** An open socket, as every node can know it. */
export interface Connection {
  id: string
  nodeId: string
  /** `/socket.io`, or that of a raw endpoint: `/ws/orders`. */
  path: string
  sessionId: string | null
  userId: string | null
  address: string
  /** Milliseconds since 1970. */
  since: number
  /** By key: `chat/general`. */
  rooms: string[]
  /** In milliseconds; null until it was measured. */
  roundTrip: number | null
}

/** `path` is a filter: `/ws/orders`, `/ws/*` or `*` (server/models/path-filter.ts). */
export interface ConnectionFilter {
  id?: string
  userId?: string
  sessionId?: string
  path?: string
}

type StoredConnection = Omit<Connection, 'since'> & { since: Date }

/**
 * Writes these connections of one node, new or changed, with one statement. Rejects when the node has no row.
 * As JSON because the rooms are an array in each row, and `unnest` takes only arrays of one length.
 */
export async function writeConnections(nodeId: string, connections: Connection[]): Promise<void> {
  if (connections.length === 0) return
  const rows = connections.map(({ id, path, sessionId, userId, address, since, rooms, roundTrip }) => {
    return { id, path, session_id: sessionId, user_id: userId, address, since, rooms, round_trip: roundTrip }
  })
  await container().database.prisma.$executeRaw`
    INSERT INTO connection (id, node_id, path, session_id, user_id, address, since, rooms, round_trip)
    SELECT id, ${nodeId}::uuid, path, session_id, user_id, address, to_timestamp(since / 1000.0), rooms, round_trip
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS one(
      id text, path text, session_id uuid, user_id uuid, address text, since bigint, rooms text[], round_trip int
    )
    ON CONFLICT (id) DO UPDATE SET rooms = EXCLUDED.rooms, round_trip = EXCLUDED.round_trip`
}

/** One that has no row is passed over. */
export async function deleteConnections(nodeId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await container().database.prisma.$executeRaw`
    DELETE FROM connection WHERE node_id = ${nodeId}::uuid AND id = ANY(${ids})`
}

// A node knows its own connections better than the table, which is behind by a batch: hence "of others" below.

/** The oldest first. */
export async function listConnectionsOfOthers(nodeId: string, filter: ConnectionFilter): Promise<Connection[]> {
  const rows = await container().database.prisma.$queryRaw<StoredConnection[]>`
    SELECT id, node_id::text AS "nodeId", path, session_id::text AS "sessionId", user_id::text AS "userId", address,
      since, rooms, round_trip AS "roundTrip"
    FROM connection WHERE ${ofOthers(nodeId, filter)} ORDER BY since, id`
  return rows.map((row) => ({ ...row, since: row.since.getTime() }))
}

export async function connectionOfOthersExists(nodeId: string, filter: ConnectionFilter): Promise<boolean> {
  const [row] = await container().database.prisma.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM connection WHERE ${ofOthers(nodeId, filter)}) AS found`
  return row?.found ?? false
}

const countable = {
  node: Prisma.sql`node_id::text`,
  path: Prisma.sql`path`,
  user: Prisma.sql`user_id::text`,
}
export type CountedBy = keyof typeof countable

/** Those without a user are in no user's count. */
export async function countConnectionsOfOthers(
  nodeId: string,
  by: CountedBy,
  filter: ConnectionFilter,
): Promise<Map<string, number>> {
  const rows = await container().database.prisma.$queryRaw<{ key: string; count: number }[]>`
    SELECT ${countable[by]} AS key, count(*)::int AS count FROM connection
    WHERE ${ofOthers(nodeId, filter)} AND ${countable[by]} IS NOT NULL GROUP BY 1`
  return new Map(rows.map(({ key, count }) => [key, count]))
}

function ofOthers(nodeId: string, { id, userId, sessionId, path = '*' }: ConnectionFilter): Prisma.Sql {
  const conditions = [Prisma.sql`node_id <> ${nodeId}::uuid`, onPath(parsePathFilter(path))]
  if (id !== undefined) conditions.push(Prisma.sql`id = ${id}`)
  if (userId !== undefined) conditions.push(Prisma.sql`user_id = ${userId}::uuid`)
  if (sessionId !== undefined) conditions.push(Prisma.sql`session_id = ${sessionId}::uuid`)
  return Prisma.join(conditions, ' AND ')
}

/** Not LIKE, to which `%` and `_` in a path would mean something. */
function onPath({ path, below }: PathFilter): Prisma.Sql {
  return below ? Prisma.sql`starts_with(path, ${path})` : Prisma.sql`path = ${path}`
}
