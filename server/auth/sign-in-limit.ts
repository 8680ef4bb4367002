import { createHash } from 'node:crypto'
import { RateLimiterPrisma } from 'rate-limiter-flexible'
import { container } from '#server/container'
import { network } from './address'

const window = 15 * 60
export const attemptsPerAccount = 10
export const attemptsPerAddress = 50
export const attemptsPerDevice = 10

interface Attempt {
  name: string
  address: string
  /** The hash of a device this account is known to use; null for any other device. */
  knownDevice: string | null
}

type Verdict = { allowed: true; giveBack: () => Promise<void> } | { allowed: false; seconds: number }

interface Bucket {
  key: string
  points: number
}

/**
 * Counts one attempt before the password is checked, so that guesses made in parallel are all counted,
 * and says whether it may go on. `giveBack` takes it off the count again, once it has succeeded.
 * A known device has a bucket of its own and needs no other, so nobody else's guesses lock it out.
 */
export async function countAttempt(attempt: Attempt): Promise<Verdict> {
  await forgetExpired()
  const taken: Bucket[] = []
  for (const bucket of bucketsOf(attempt)) {
    const { consumedPoints, msBeforeNext } = await limiter(bucket).penalty(bucket.key)
    if (consumedPoints > bucket.points) return { allowed: false, seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) }
    taken.push(bucket)
  }
  const giveBack = async () => {
    for (const bucket of taken) await limiter(bucket).reward(bucket.key)
  }
  return { allowed: true, giveBack }
}

/** The address first: one that guesses at many names then stops counting against them. */
function bucketsOf({ name, address, knownDevice }: Attempt): Bucket[] {
  // Hashed, since a password typed into the wrong field must not end up in the database.
  const account = createHash('sha256').update(name).digest('hex')
  if (knownDevice) return [{ key: `device:${account}:${knownDevice}`, points: attemptsPerDevice }]
  return [
    { key: `address:${network(address)}`, points: attemptsPerAddress },
    { key: `account:${account}`, points: attemptsPerAccount },
  ]
}

/** Each count is one upsert with an increment, in the database: it holds across nodes and restarts. */
function limiter({ points }: Bucket): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: container().database.prisma,
    keyPrefix: 'sign-in',
    points,
    duration: window,
    clearExpiredByTimeout: false,
  })
}

let forgetAt = 0

/** In place of the limiter's own timer, which would outlive the database. */
async function forgetExpired(): Promise<void> {
  const now = Date.now()
  if (now < forgetAt) return
  forgetAt = now + window * 1000
  await container().database.prisma.rateLimiterFlexible.deleteMany({ where: { expire: { lt: new Date(now) } } })
}
