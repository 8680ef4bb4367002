'use server'

import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { addUser, type NewUser } from '#server/models/user'

export async function addPerson(input: NewUser): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await addUser(user, input)
  } catch (error) {
    return answerFor(error)
  }
}
