'use server'

import type { SessionPolicy } from '#channels/session'
import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { changeSetting } from '#server/models/setting'

export async function changePolicy(policy: SessionPolicy): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await changeSetting(user, 'sessionPolicy', policy)
  } catch (error) {
    return answerFor(error)
  }
}
