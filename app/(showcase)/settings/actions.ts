'use server'

import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { changeSetting } from '#server/models/setting'

export async function changeOneDevice(value: unknown): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await changeSetting(user, 'oneDevice', value)
  } catch (error) {
    return answerFor(error)
  }
}
