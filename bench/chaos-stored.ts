import { chat } from '#channels/chat'
import { roomKey } from '#channels/contract'
import { openDatabase } from '#server/db/open'
import type { Stored } from './chaos-ledger'

/** Reads what a server that has ended left in its data folder. */
export async function readStored(dataDir: string, rooms: string[]): Promise<Map<string, Stored>> {
  const { prisma, close } = await openDatabase({ dataDir })
  const stored = new Map<string, Stored>()
  for (const room of rooms) {
    const key = roomKey(chat, room)
    const counter = await prisma.logRoom.findUnique({ where: { key } })
    const entries = await prisma.logEntry.findMany({ where: { room: key }, select: { seq: true, data: true } })
    const messages = await prisma.message.findMany({ where: { roomKey: room }, select: { id: true } })
    stored.set(room, {
      head: counter?.seq ?? 0,
      log: new Map(entries.map(({ seq, data }) => [seq, chat.pushes.posted.data.parse(data).id])),
      messages: new Set(messages.map(({ id }) => id)),
    })
  }
  await close()
  return stored
}
