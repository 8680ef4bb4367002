import { openDatabase } from '#server/db/open'
import { expect, test } from './fixtures'
import type { AppServer } from './server'
import { expectJoined, signIn } from './sign-in'
import { closedOnScreen } from './watch'

type Prisma = Awaited<ReturnType<typeof openDatabase>>['prisma']

/** Works on the data of a server that is down. */
async function whileDown<Result>(app: AppServer, work: (prisma: Prisma) => Promise<Result>): Promise<Result> {
  await app.kill()
  const database = await openDatabase({ dataDir: app.dataDir })
  const result = await work(database.prisma)
  await database.close()
  return result
}

test('what has become of a person and of a session while the line was cut shows when it is back', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  expectError(closedOnScreen)
  expectError(/ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING)/)
  const [ada, ben] = [await visitor({ baseURL: ownApp.url }), await visitor({ baseURL: ownApp.url })]
  await signIn(ada, 'ada', '/settings/broadcast')
  await signIn(ben, 'ben', '/chat/general')
  await Promise.all([ada, ben].map(expectJoined))
  const entry = ada.getByRole('navigation').getByRole('link', { name: 'Broadcast' })
  await expect(entry).toBeVisible()
  const lasts = async () => {
    const cookies = await ben.context().cookies()
    return cookies.find(({ name }) => name === 'next-auth.session-token')?.expires ?? 0
  }
  const [before, soon] = [await lasts(), new Date(Date.now() + 86_400_000)]
  const alive = { endedAt: null, user: { name: 'ben' } }
  await whileDown(ownApp, async ({ user, session }) => {
    await user.update({ where: { name: 'ada' }, data: { role: 'member' } })
    await session.updateMany({ where: alive, data: { expiresAt: soon } })
  })
  await ownApp.restart()

  // A role that was taken away is gone from every page: gate, navigation and person.
  await expect(ada.getByRole('heading', { name: 'Not open to you', level: 1 })).toBeVisible({ timeout: 30_000 })
  await expect(entry).toHaveCount(0)
  await expect(ada.getByText('member', { exact: true })).toBeVisible()
  await expectJoined(ada)

  // A session in use is renewed with its cookie when half of its life is over, without a word.
  await expect.poll(lasts, { timeout: 30_000 }).toBeGreaterThan(before)
  await expectJoined(ben)
  const session = await whileDown(ownApp, (prisma) => prisma.session.findFirstOrThrow({ where: alive }))
  expect(Math.abs(session.expiresAt.getTime() - (await lasts()) * 1_000)).toBeLessThan(5_000)
})
