'use server'

import { type ApiKey, type KeyRequest, keyRequest } from '#channels/api-key'
import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { parseInput } from '#server/input'
import { createApiKey, revokeApiKey } from '#server/models/api-key'

/** The answer alone holds the key itself. */
export async function createKey(input: KeyRequest): Promise<{ ok: true; key: string; apiKey: ApiKey } | Refused> {
  try {
    const { user } = await adminOrRefuse()
    const { days, ...rest } = parseInput(keyRequest, input)
    const expiresAt = days === null ? null : Date.now() + days * 86_400_000
    return { ok: true, ...(await createApiKey(user, { ...rest, expiresAt })) }
  } catch (error) {
    return answerFor(error)
  }
}

export async function revokeKey(id: string): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await revokeApiKey(user, id)
  } catch (error) {
    return answerFor(error)
  }
}
