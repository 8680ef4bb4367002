import { z } from 'zod'
import { container } from '#server/container'
import { meetDevice } from '#server/models/new-device'
import type { LiveSession } from '#server/models/session'
import { type Admission, claimSignIn, requestSignIn } from '#server/models/sign-in-request'
import { findByName, knowsDevice, replaceHash } from '#server/models/user'
import { isRefusal } from '#server/refusal'
import { demonstrationPassword } from './demonstration'
import { deviceLabel } from './device-label'
import { deviceDays, deviceHash, newDeviceCookie } from './known-device'
import { hashPassword, needsRehash, verifyPassword } from './password'
import { countAttempt } from './sign-in-limit'
import type { Waiting } from './waiting-cookie'

/** Bounded before anything is computed from them. */
const credentials = z.object({ username: z.string().min(1).max(256), password: z.string().min(1).max(256) })

interface Visitor {
  address: string
  userAgent: string | undefined
  deviceCookie: string | undefined
  /** The session this browser holds, which the new one takes the place of. */
  sessionId: string | null
}

interface SignedIn {
  session: LiveSession
  deviceCookie: string
}

/**
 * The form reads the message: `wrong`, `disabled`, `rate-limited:<seconds>`, and after the right password `waiting`,
 * `held`, `kept` or `over`. `waiting` is what this browser is to hold, so that it can be told more.
 */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure'

  constructor(
    message: string,
    readonly waiting?: Waiting,
  ) {
    super(message)
  }
}

/**
 * Answers alike, and as slowly, for a wrong password and for a name nobody has; what else may be in the way is told
 * only to those who know the password.
 */
export async function signIn(input: unknown, visitor: Visitor): Promise<SignedIn> {
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

  const signedIn = await enter(visitor, (from) => requestSignIn({ user, ...from }))
  if (needsRehash(user.passwordHash)) await replaceHash(user.id, user.passwordHash, await hashPassword(password))
  // What ends in no session stays counted: else whoever knows the password could ask the old session without end.
  await verdict.giveBack()
  return signedIn
}

/** For a browser that waited: as it was let wait, so it is let in, without the password once more. */
export async function continueSignIn(waiting: Waiting | null, visitor: Visitor): Promise<SignedIn> {
  if (waiting?.is !== 'waiting') throw new SignInFailure('over')
  return enter(visitor, (from) => claimSignIn(waiting.id, from))
}

/** A database made for the demonstration may be started without it: then its password opens nothing. */
function isForDemonstration(password: string): boolean {
  return password === demonstrationPassword && !container().env.demo
}

type From = { device: string; address: string; replaces: string | null }

/** The one way in, for whoever gave the password now or before they waited. */
async function enter(visitor: Visitor, ask: (from: From) => Promise<Admission>): Promise<SignedIn> {
  const { userAgent, address, sessionId: replaces } = visitor
  const admission = await ask({ device: deviceLabel(userAgent), address, replaces }).catch((error: unknown) => {
    // Disabled, or given another password, while this one was being checked.
    if (isRefusal(error)) throw new SignInFailure(error.code === 'forbidden' ? 'disabled' : 'wrong')
    throw error
  })
  if (admission.is === 'waiting') throw new SignInFailure('waiting', { is: 'waiting', id: admission.request })
  if (admission.is === 'held') throw new SignInFailure('held', { is: 'held', id: admission.by })
  if (admission.is !== 'admitted') throw new SignInFailure(admission.is)
  const { session } = admission
  const known = deviceHash(visitor.deviceCookie)
  const deviceCookie = known && visitor.deviceCookie ? visitor.deviceCookie : newDeviceCookie()
  await meetDevice(session, { hash: deviceHash(deviceCookie) ?? '', keepDays: deviceDays })
  return { session, deviceCookie }
}
