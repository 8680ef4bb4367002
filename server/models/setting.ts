import type { z } from 'zod'
import { type Simulator, simulator } from '#channels/dashboard'
import { type SessionPolicy, sessionPolicy } from '#channels/session'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

interface Settings {
  sessionPolicy: SessionPolicy
  simulator: Simulator
}

const settings: { [Key in keyof Settings]: z.ZodDefault<z.ZodType<Settings[Key]>> } = {
  /** What becomes of a person's sessions when they sign in once more, where they have no policy of their own. */
  sessionPolicy: sessionPolicy.default('newest'),
  /** How the simulator was left; operated on the dashboard (server/models/simulator.ts). */
  simulator: simulator.default({ version: 0, run: null }),
}
/** Those that are changed by themselves; the others are part of more. */
const own = ['sessionPolicy'] as const

export type SettingKey = keyof Settings

/** Inside a transaction hand over its client: the embedded database has one connection, and it is taken. */
export async function readSetting<Key extends SettingKey>(
  key: Key,
  client: Prisma.TransactionClient = container().database.prisma,
): Promise<Settings[Key]> {
  const stored = await client.setting.findUnique({ where: { key } })
  return settings[key].parse(stored?.value)
}

/** Holds from the next sign-in on. Admins only; refuses with `forbidden`, `not-found` or `invalid`. */
export async function changeSetting(actor: LiveSession['user'], key: string, value: unknown): Promise<void> {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may change settings.')
  if (!isOwnSetting(key)) refuse('not-found', 'There is no such setting.')
  const parsed = parseInput(settings[key].unwrap(), value)
  await writeSetting(key, parsed, container().database.prisma)
}

/** For the model that has checked who may: part of a change that is more than the setting. */
export async function writeSetting<Key extends SettingKey>(
  key: Key,
  value: Settings[Key],
  client: Prisma.TransactionClient,
): Promise<void> {
  await client.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

function isOwnSetting(key: string): key is (typeof own)[number] {
  return own.some((one) => one === key)
}
