import { transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { notify } from './notification'
import { rememberDevice } from './user'

/**
 * Remembers the device of a session that has just begun, and tells the person's other screens of one they have not
 * used before; nobody is told of the first there ever was. One transaction, before the browser is given the session:
 * if the telling fails, so does the sign-in, and no stranger comes in unseen.
 */
export async function meetDevice(session: LiveSession, device: { hash: string; keepDays: number }): Promise<void> {
  const { id: userId } = session.user
  await transaction(async (tx) => {
    const known = await tx.knownDevice.findMany({ where: { userId }, select: { hash: true } })
    await rememberDevice(userId, device.hash, device.keepDays, tx)
    if (known.some(({ hash }) => hash === device.hash)) return
    const before = known.length + (await tx.session.count({ where: { userId, id: { not: session.id } } }))
    if (before === 0) return
    const from = await tx.session.findUniqueOrThrow({
      where: { id: session.id },
      select: { device: true, address: true },
    })
    await notify(tx, {
      userIds: [userId],
      kind: 'sign-in',
      about: `sign-in/${session.id}`,
      title: `Signed in on ${from.device}, ${from.address}`,
      body: 'This device is new here. If that was not you, end its session and change your password.',
      href: '/settings/sessions',
    })
  })
}
