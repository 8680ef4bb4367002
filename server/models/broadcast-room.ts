import { type BroadcastRooms, type BroadcastState, broadcasts, group, personRoom } from '#channels/broadcast'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { holding, requireAdmin } from '#server/models/broadcast'
import { countReceipts } from '#server/models/broadcast-receipt'
import { broadcastRow, toBroadcast, toEntry } from '#server/models/broadcast-row'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'

type Actor = LiveSession['user']

const historyLength = 50
const empty: BroadcastState = { standing: [], done: [], history: [], receipts: [] }

/** What a room of the channel holds: what stands for its audience, what a person is done with, or the history. */
export async function readBroadcasts(room: string): Promise<BroadcastState> {
  if (room === 'desk') return readDesk()
  const audience = group.safeParse(room).data
  return audience
    ? { ...empty, standing: await readStanding({ role: audience === 'all' ? null : audience }) }
    : readPerson(room)
}

async function readPerson(room: string): Promise<BroadcastState> {
  const personId = room.slice('person-'.length)
  const { prisma } = container().database
  const done = await prisma.broadcastReceipt.findMany({
    where: {
      userId: personId,
      broadcast: holding(new Date()),
      OR: [{ dismissedAt: { not: null } }, { acknowledgedAt: { not: null } }],
    },
    select: { broadcastId: true },
  })
  const standing = await readStanding({ personId })
  return { ...empty, standing, done: done.map(({ broadcastId }) => broadcastId) }
}

async function readStanding({
  role = null,
  personId = null,
}: {
  role?: 'admin' | 'member' | null
  personId?: string | null
}) {
  const rows = await container().database.prisma.broadcast.findMany({
    where: { ...holding(new Date()), announcedAt: { not: null }, role, personId },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: broadcastRow,
  })
  return rows.map(toBroadcast)
}

async function readDesk(): Promise<BroadcastState> {
  const rows = await container().database.prisma.broadcast.findMany({
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: historyLength,
    select: broadcastRow,
  })
  const receipts = await countReceipts(rows.map(({ id }) => id))
  return { ...empty, history: rows.map(toEntry), receipts }
}

/** The three rooms a person's screens join, for the first paint. */
export async function openBroadcasts(actor: Actor): Promise<BroadcastRooms> {
  const [all, role, person] = await Promise.all([openRoom('all'), openRoom(actor.role), openRoom(personRoom(actor.id))])
  return { all, role, person }
}

/** The history, for the first paint of the admins' page. Refuses others with `forbidden`. */
export function openDesk(actor: Actor): Promise<FirstPaint<BroadcastState>> {
  requireAdmin(actor)
  return openRoom('desk')
}

function openRoom(room: string): Promise<FirstPaint<BroadcastState>> {
  return firstPaint(broadcasts, room, () => readBroadcasts(room))
}
