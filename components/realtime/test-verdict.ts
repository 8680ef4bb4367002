import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { ChannelContract } from '#channels/contract'
import type { Pushed } from '#channels/wire'
import { container } from '#server/container'
import { parsePush } from './fold'
import type { Visit } from './test-tab'

/** A room as the server holds it: the number its counter has reached, and its log. */
export interface Log {
  head: number
  entries: Map<number, Pushed>
  /** Data that was seen or promised, as the log keeps it by now. */
  kept(data: unknown): unknown
}

export async function readLog(
  channel: ChannelContract,
  key: string,
  kept: (data: unknown, entries: Pushed[]) => unknown = (data) => data,
): Promise<Log> {
  const { prisma } = container().database
  const counter = await prisma.logRoom.findUnique({ where: { key } })
  const rows = await prisma.logEntry.findMany({ where: { room: key }, orderBy: { seq: 'asc' } })
  const entries = rows.map(({ seq, push, data, at }) => parsePush(channel, { seq, push, data, at: at.getTime() }))
  return {
    head: counter?.seq ?? 0,
    entries: new Map(entries.map((entry) => [entry.seq ?? 0, entry])),
    kept: (data) => kept(data, entries),
  }
}

/** Whoever shows the room has seen every push since it entered: nothing lost, nothing twice, nothing out of order. */
export function expectEachOnce<C extends ChannelContract>(
  who: string,
  visit: Visit<C>,
  { head, entries, kept }: Log,
): void {
  const numbers = visit.seen.map(({ seq }) => seq ?? 0)
  const last = visit.over ? numbers.at(-1) : head
  const from = visit.from ?? (numbers[0] ?? head + 1) - 1
  const due = Array.from({ length: (last ?? from) - from }, (_, index) => from + 1 + index)
  expect(numbers, `${who} was to see the pushes ${due.join(' ')} and saw ${numbers.join(' ')}`).toEqual(due)
  const logged = due.map((seq) => entries.get(seq))
  const seen = visit.seen.map((pushed) => ({ ...pushed, data: kept(pushed.data) }))
  expect(seen, `${who} saw other pushes than there are in the log`).toEqual(logged)
}

/** What was promised by an acknowledgement is in the log, and once. */
export function expectLogged({ entries, kept }: Log, promised: { push: string; data: unknown }): void {
  const promisedData = kept(promised.data)
  const found = [...entries.values()].filter(
    ({ push, data }) => push === promised.push && isDeepStrictEqual(data, promisedData),
  )
  expect(found, `${JSON.stringify(promised)} was acknowledged, and is not in the log once`).toHaveLength(1)
}
