import { randomUUID } from 'node:crypto'
import { type SearchHit, type SearchInput, type SearchPage, type SnippetPart, searchInput } from '#channels/rooms'
import { container } from '#server/container'
import { Prisma } from '#server/db/generated/client'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'

const pageLength = 20

interface Found {
  key: string
  kind: SearchHit['room']['kind']
  title: string
  withId: string | null
  withName: string | null
  id: string
  number: number
  authorId: string
  authorName: string
  at: Date
  snippet: string
}

/**
 * Messages with these words in the rooms the person may read, newest first, 20 at a time. The last word counts as the
 * beginning of one; `"a phrase"`, `or` and `-without` are understood, and nothing is an error.
 */
export async function searchMessages(actor: LiveSession['user'], input: SearchInput): Promise<SearchPage> {
  const { text, before } = parseInput(searchInput, input)
  const query = await understood(text)
  if (query === undefined) return { hits: [], more: false }
  const older = before
    ? Prisma.sql`AND (message.at, message.id) < (${new Date(before.at)}::timestamptz, ${before.id}::uuid)`
    : Prisma.empty
  // Drawn anew each time: nobody can have written it into a message.
  const [start, stop] = [randomUUID(), randomUUID()]
  const marks = `StartSel=${start}, StopSel=${stop}, MaxWords=30, MinWords=12`
  const found = await container().database.prisma.$queryRaw<Found[]>`
    SELECT room.key, room.kind::text, room.title, other.id::text AS "withId", other.name AS "withName",
      hit.id::text, hit.number, author.id::text AS "authorId", author.name AS "authorName", hit.at,
      ts_headline('simple', hit.body, ${query}::tsquery, ${marks}) AS snippet
    FROM (
      SELECT message.* FROM message JOIN chat_room ON chat_room.key = message.room_key
      WHERE to_tsvector('simple', body) @@ ${query}::tsquery ${older} AND (chat_room.kind = 'public' OR EXISTS (
        SELECT FROM chat_member WHERE chat_member.room_key = chat_room.key AND user_id = ${actor.id}::uuid
      ))
      ORDER BY message.at DESC, message.id DESC LIMIT ${pageLength + 1}
    ) AS hit
    JOIN chat_room AS room ON room.key = hit.room_key
    JOIN app_user AS author ON author.id = hit.author_id
    LEFT JOIN chat_member AS partner
      ON room.kind = 'direct' AND partner.room_key = room.key AND partner.user_id <> ${actor.id}::uuid
    LEFT JOIN app_user AS other ON other.id = partner.user_id
    ORDER BY hit.at DESC, hit.id DESC`
  return {
    hits: found.slice(0, pageLength).map((one) => ({ ...hitOf(one), snippet: parted(one.snippet, start, stop) })),
    more: found.length > pageLength,
  }
}

/**
 * The words as the database searches for them, or nothing where they name none a message could have: only signs, or
 * only what it must not have.
 */
async function understood(text: string): Promise<string | undefined> {
  const [asked] = await container().database.prisma.$queryRaw<{ query: string; searchable: boolean }[]>`
    SELECT query::text, querytree(query) NOT IN ('', 'T') AS searchable FROM websearch_to_tsquery('simple', ${text}) AS query`
  if (!asked?.searchable) return undefined
  return asked.query.endsWith("'") ? `${asked.query}:*` : asked.query
}

function hitOf({
  key,
  kind,
  title,
  withId,
  withName,
  id,
  number,
  authorId,
  authorName,
  at,
}: Found): Omit<SearchHit, 'snippet'> {
  const partner = withId !== null && withName !== null ? { id: withId, name: withName } : null
  return {
    room: { key, kind, title, with: partner },
    message: { id, number, author: { id: authorId, name: authorName }, at: at.getTime() },
  }
}

/** Cuts a text at its marks. */
function parted(snippet: string, start: string, stop: string): SnippetPart[] {
  const parts = snippet.split(start).flatMap((piece, index): SnippetPart[] => {
    if (index === 0) return [{ text: piece, mark: false }]
    const [marked = '', ...rest] = piece.split(stop)
    return [
      { text: marked, mark: true },
      { text: rest.join(stop), mark: false },
    ]
  })
  return parts.filter(({ text }) => text !== '')
}
