import { createHash } from 'node:crypto'
import { container } from '#server/container'

/** What stands for one input wherever it has left a trace: its place in the run, behind `f022`. */
export const numberOf = (index: number): string => `f022${index.toString(16).padStart(8, '0')}`
export const numbers = /f022[0-9a-f]{8}/g

export interface State {
  /** How many rows each table has, and their checksum. */
  tables: Record<string, { rows: number; checksum: string }>
  /** The numbers of inputs found anywhere in them. */
  found: string[]
}

/** For tests: all there is in the database, by table. */
export async function readState(): Promise<State> {
  const { prisma } = container().database
  const names = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1`
  const tables: State['tables'] = {}
  const found = new Set<string>()
  for (const { name } of names) {
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(`SELECT t::text AS text FROM "${name}" t ORDER BY 1`)
    const text = rows.map((row) => row.text).join('\n')
    tables[name] = { rows: rows.length, checksum: createHash('sha256').update(text).digest('hex') }
    for (const [number] of text.matchAll(numbers)) found.add(number)
  }
  return { tables, found: [...found] }
}

/** What input that is granted may change; and what the server keeps of its own connections. */
const changed = new Set([
  'chat_room',
  'chat_member',
  'chat_marker',
  'message',
  'message_reaction',
  'notification',
  'notification_preference',
  'log_entry',
  'log_room',
  'broadcast_receipt',
  'session',
  'connection',
  'node',
  'busy_lock',
  'rate_limit',
])

/** The tables that are not as they were, of those that nothing may have changed. */
export function changedTables(before: State, after: State): string[] {
  return Object.entries(after.tables).flatMap(([name, { rows, checksum }]) =>
    changed.has(name) || before.tables[name]?.checksum === checksum
      ? []
      : [`${name} has changed, and has ${rows} rows`],
  )
}
