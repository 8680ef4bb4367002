'use server'

import { z } from 'zod'
import type { SessionPolicy } from '#channels/session'
import type { Role } from '#channels/user'
import type { Refused } from '#channels/wire'
import { answerFor } from '#server/answer'
import { adminOrRefuse } from '#server/auth/guard'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { changeRole, disableUser, enableUser, renameUser, setPolicy } from '#server/models/user'
import { resetPassword } from '#server/models/user-password'

type Answer = Promise<Refused | undefined>

export async function rename(id: string, name: string): Answer {
  return on(id, (actor, person) => renameUser(actor, person, name))
}

export async function setRole(id: string, role: Role): Answer {
  return on(id, (actor, person) => changeRole(actor, person, role))
}

export async function setUserPolicy(id: string, policy: SessionPolicy | null): Answer {
  return on(id, (actor, person) => setPolicy(actor, person, policy))
}

export async function setPassword(id: string, password: string): Answer {
  return on(id, (actor, person) => resetPassword(actor, person, password))
}

export async function disable(id: string): Answer {
  return on(id, disableUser)
}

export async function enable(id: string): Answer {
  return on(id, enableUser)
}

async function on(id: string, act: (actor: LiveSession['user'], id: string) => Promise<void>): Answer {
  try {
    const { user } = await adminOrRefuse()
    await act(user, parseInput(z.uuid(), id))
  } catch (error) {
    return answerFor(error)
  }
}
