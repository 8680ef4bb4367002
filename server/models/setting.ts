import type { z } from 'zod'
import { sessionPolicy } from '#channels/session'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

const settings = {
  /** What becomes of a person's sessions when they sign in once more, where they have no policy of their own. */
  sessionPolicy: sessionPolicy.default('newest'),
}

export type SettingKey = keyof typeof settings
type SettingValue<Key extends SettingKey> = z.output<(typeof settings)[Key]>

/** Inside a transaction hand over its client: the embedded database has one connection, and it is taken. */
export async function readSetting<Key extends SettingKey>(
  key: Key,
  client: Prisma.TransactionClient = container().database.prisma,
): Promise<SettingValue<Key>> {
  const stored = await client.setting.findUnique({ where: { key } })
  return settings[key].parse(stored?.value)
}

/** Holds from the next sign-in on. Admins only; refuses with `forbidden`, `not-found` or `invalid`. */
export async function changeSetting(actor: LiveSession['user'], key: string, value: unknown): Promise<void> {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may change settings.')
  if (!isSettingKey(key)) refuse('not-found', 'There is no such setting.')
  const parsed = parseInput(settings[key].unwrap(), value)
  await container().database.prisma.setting.upsert({
    where: { key },
    create: { key, value: parsed },
    update: { value: parsed },
  })
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settings, key)
}
