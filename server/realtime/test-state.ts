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

/** What the server keeps of its own connections and work, and what every push is written to. */
const changedAlways = ['busy_lock', 'connection', 'log_entry', 'log_room', 'node', 'rate_limit', 'session']

/** What the calls of a channel may change, once one of them is granted. */
const changedBy: Record<string, string[]> = {
  broadcast: ['broadcast_receipt'],
  chat: ['chat_marker', 'chat_member', 'chat_room', 'message', 'message_reaction', 'notification'],
  // The simulator, which sells and produces from then on.
  dashboard: [
    'number_reservation',
    'number_series',
    'order_change',
    'order_line',
    'product',
    'production',
    'setting',
    'work_order',
  ],
  // A challenge is a game that has not begun.
  lobby: ['game', 'game_seat', 'notification'],
  jobs: ['job', 'job_file', 'job_file_piece', 'job_line', 'job_problem', 'notification', 'product'],
  notification: ['notification', 'notification_preference'],
  number: ['number_reservation', 'number_series'],
  rooms: ['chat_marker', 'chat_member', 'chat_room'],
}

/**
 * The tables that are not as they were, of those that nothing may have changed. `granted` are the calls that were, as
 * `chat:post`: what belongs to channels without one must be as it was.
 */
export function changedTables(before: State, after: State, granted: Iterable<string>): string[] {
  const channels = [...granted].map((call) => call.slice(0, call.indexOf(':')))
  const changed = new Set([...changedAlways, ...channels.flatMap((channel) => changedBy[channel] ?? [])])
  return Object.entries(after.tables).flatMap(([name, { rows, checksum }]) =>
    changed.has(name) || before.tables[name]?.checksum === checksum
      ? []
      : [`${name} has changed, and has ${rows} rows`],
  )
}
