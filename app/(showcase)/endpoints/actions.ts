'use server'

import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { createApiKey } from '#server/models/api-key'

/** In milliseconds: long enough to try it, and short enough to be forgotten. */
const deviceKeyHolds = 24 * 60 * 60_000

export async function makeDeviceKey(): Promise<{ key: string } | Refused> {
  try {
    const { user } = await adminOrRefuse()
    const expiresAt = Date.now() + deviceKeyHolds
    const { key } = await createApiKey(user, { name: `${user.name}’s device`, scopes: ['device'], expiresAt })
    return { key }
  } catch (error) {
    return answerFor(error)
  }
}
