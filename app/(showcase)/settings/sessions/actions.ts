'use server'

import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { sessionOrRefuse } from '#server/auth/guard'
import { changePassword, type PasswordChange } from '#server/models/user-password'

export async function changeOwnPassword(input: PasswordChange): Promise<Refused | undefined> {
  try {
    await changePassword(await sessionOrRefuse(), input)
  } catch (error) {
    return answerFor(error)
  }
}
