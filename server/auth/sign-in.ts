import { z } from 'zod'
import { container } from '#server/container'
import { endSession, type LiveSession, startSession } from '#server/models/session'
import { findByName, knowsDevice, rememberDevice, replaceHash } from '#server/models/user'
import { isRefusal } from '#server/refusal'
import { demonstrationPassword } from './demonstration'
import { deviceLabel } from './device-label'
import { deviceDays, deviceHash, newDeviceCookie } from './known-device'
import { hashPassword, needsRehash, verifyPassword } from './password'
import { countAttempt } from './sign-in-limit'

/** Bounded before anything is computed from them. */
const credentials = z.object({ username: z.string().min(1).max(256), password: z.string().min(1).max(256) })

interface Visitor {
  address: string
  userAgent: string | undefined
  deviceCookie: string | undefined
  /** The session this browser holds, which the new one takes the place of. */
  sessionId: string | null
}

/** The form reads the message: `wrong`, `disabled` or `rate-limited:<seconds>`. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure'
}

/** Answers alike, and as slowly, for a wrong password and for a name nobody has. */
export async function signIn(
  input: unknown,
  visitor: Visitor,
): Promise<{ session: LiveSession; deviceCookie: string }> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) throw new SignInFailure('wrong')
  const { password } = parsed.data
  const name = parsed.data.username.trim().toLowerCase()

  const device = deviceHash(visitor.deviceCookie)
  const knownDevice = device && (await knowsDevice(name, device)) ? device : null
  const verdict = await countAttempt({ name, address: visitor.address, knownDevice })
  if (!verdict.allowed) throw new SignInFailure(`rate-limited:${verdict.seconds}`)

  const user = await findByName(name)
  const matches = await verifyPassword(user?.passwordHash, password)
  if (!user || !matches || isForDemonstration(password)) throw new SignInFailure('wrong')
  if (user.disabledAt) throw new SignInFailure('disabled')

  if (visitor.sessionId) await endSession(visitor.sessionId, 'signed_out')
  const session = await start(user, visitor)
  const deviceCookie = device && visitor.deviceCookie ? visitor.deviceCookie : newDeviceCookie()
  await rememberDevice(user.id, deviceHash(deviceCookie) ?? '', deviceDays)
  if (needsRehash(user.passwordHash)) await replaceHash(user.id, user.passwordHash, await hashPassword(password))
  await verdict.giveBack()
  return { session, deviceCookie }
}

/** A database made for the demonstration may be started without it: then its password opens nothing. */
function isForDemonstration(password: string): boolean {
  return password === demonstrationPassword && !container().env.demo
}

async function start(user: { id: string; passwordHash: string }, visitor: Visitor): Promise<LiveSession> {
  try {
    return await startSession({ user, device: deviceLabel(visitor.userAgent), address: visitor.address })
  } catch (error) {
    // Disabled, or given another password, while this one was being checked.
    if (isRefusal(error)) throw new SignInFailure(error.code === 'forbidden' ? 'disabled' : 'wrong')
    throw error
  }
}
