'use server'

import type { BroadcastEdit, NewBroadcast } from '#channels/broadcast'
import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { announce, edit, withdraw } from '#server/models/broadcast'

export async function announceBroadcast(input: NewBroadcast): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await announce(user, input)
  } catch (error) {
    return answerFor(error)
  }
}

export async function editBroadcast(id: string, input: BroadcastEdit): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await edit(user, id, input)
  } catch (error) {
    return answerFor(error)
  }
}

export async function withdrawBroadcast(id: string): Promise<Refused | undefined> {
  try {
    const { user } = await adminOrRefuse()
    await withdraw(user, id)
  } catch (error) {
    return answerFor(error)
  }
}
