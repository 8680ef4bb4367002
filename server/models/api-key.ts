import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type ApiKey, type NewApiKey, newApiKey } from '#channels/api-key'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { closeKeySockets } from '#server/sockets/key-end'

type Actor = LiveSession['user']

/** A key that counts right now: not revoked, not expired. It stays when the admin who made it goes. */
export interface LiveApiKey {
  id: string
  name: string
  scopes: string[]
  /** Milliseconds since 1970. */
  expiresAt: number | null
}

/** `sbk_` lets scanners of source code and logs find a key that has leaked; 32 random bytes follow. */
const keyPattern = /^sbk_[\w-]{43}$/
const shownCharacters = 12

/**
 * Makes a key. `key` is given here and never again: only its hash is stored. Admins only; refuses with
 * `forbidden`, or with `invalid` naming the fields.
 */
export async function createApiKey(actor: Actor, input: NewApiKey): Promise<{ key: string; apiKey: ApiKey }> {
  requireAdmin(actor)
  const { name, scopes, expiresAt } = parseInput(newApiKey, input)
  if (expiresAt !== null && expiresAt <= Date.now()) {
    const message = 'Choose a time to come.'
    refuse('invalid', message, { issues: [{ path: 'expiresAt', message }] })
  }
  const key = `sbk_${randomBytes(32).toString('base64url')}`
  const created = await container().database.prisma.apiKey.create({
    data: {
      name,
      hash: hashOf(key),
      prefix: key.slice(0, shownCharacters),
      scopes,
      createdById: actor.id,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    },
    select: row,
  })
  return { key, apiKey: fromRow(created) }
}

/** All keys, those revoked and expired too, the newest first. Admins only. */
export async function listApiKeys(actor: Actor): Promise<ApiKey[]> {
  requireAdmin(actor)
  const rows = await container().database.prisma.apiKey.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: row,
  })
  return rows.map(fromRow)
}

/** Ends a key and closes its sockets on every node. Admins only; revoking twice is no error. */
export async function revokeApiKey(actor: Actor, apiKeyId: string): Promise<void> {
  requireAdmin(actor)
  const id = parseInput(z.uuid(), apiKeyId)
  await transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
    if (count > 0) tx.afterCommit(() => closeKeySockets(id))
    else if (!(await tx.apiKey.findUnique({ where: { id }, select: { id: true } }))) {
      refuse('not-found', 'There is no such key.')
    }
  })
}

/** By the key itself; null when it is none, or counts no longer. */
export async function findLiveApiKey(key: string): Promise<LiveApiKey | null> {
  return keyPattern.test(key) ? findLive({ hash: hashOf(key) }) : null
}

/** For those already let in: whether the key still counts. */
export async function findLiveApiKeyById(id: string): Promise<LiveApiKey | null> {
  return findLive({ id })
}

async function findLive(which: Prisma.ApiKeyWhereUniqueInput): Promise<LiveApiKey | null> {
  const found = await container().database.prisma.apiKey.findUnique({
    where: { ...which, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { id: true, name: true, scopes: true, expiresAt: true },
  })
  return found && { ...found, expiresAt: found.expiresAt?.getTime() ?? null }
}

/** Notes that the key is in use, at most once a minute. */
export async function touchApiKey(id: string): Promise<void> {
  const now = Date.now()
  await container().database.prisma.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now - 60_000) } }] },
    data: { lastUsedAt: new Date(now) },
  })
}

/** Not salted, nor slow: what is hashed is random, so there is nothing to guess. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may manage keys.')
}

const row = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
  createdBy: { select: { name: true } },
} satisfies Prisma.ApiKeySelect

function fromRow(found: Prisma.ApiKeyGetPayload<{ select: typeof row }>): ApiKey {
  const { createdBy, createdAt, expiresAt, revokedAt, lastUsedAt, ...rest } = found
  return {
    ...rest,
    createdBy: createdBy.name,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
    revokedAt: revokedAt?.getTime() ?? null,
    lastUsedAt: lastUsedAt?.getTime() ?? null,
  }
}
