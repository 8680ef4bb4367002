import { openDatabase } from '#server/db/open'
import { expect, test } from './fixtures'
import type { AppServer } from './server'
import { expectJoined, signIn } from './sign-in'

type Prisma = Awaited<ReturnType<typeof openDatabase>>['prisma']

/** Changes the data of a server that is down, as nothing on screen can yet, and starts it again. */
async function changeMeanwhile<Result>(app: AppServer, change: (prisma: Prisma) => Promise<Result>): Promise<Result> {
  await app.kill()
  const database = await openDatabase({ dataDir: app.dataDir })
  const result = await change(database.prisma)
  await database.close()
  await app.restart()
  return result
}

test('a role that was taken away is gone from every page when its line is back: gate, navigation and person', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  expectError(/ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING)/)
  const page = await visitor({ baseURL: ownApp.url })
  await signIn(page, 'ada', '/settings/broadcast')
  await expectJoined(page)
  const entry = page.getByRole('navigation').getByRole('link', { name: 'Broadcast' })
  await expect(entry).toBeVisible()

  await changeMeanwhile(ownApp, (prisma) => prisma.user.update({ where: { name: 'ada' }, data: { role: 'member' } }))
  await expect(page.getByRole('heading', { name: 'Not open to you', level: 1 })).toBeVisible({ timeout: 30_000 })
  await expect(entry).toHaveCount(0)
  await expect(page.getByText('member', { exact: true })).toBeVisible()
  await expectJoined(page)
})

test('a session in use is renewed with its cookie when half of its life is over, without a word', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  expectError(/ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING)/)
  const page = await visitor({ baseURL: ownApp.url })
  await signIn(page, 'ben', '/chat/general')
  await expectJoined(page)
  const lasts = async () => {
    const cookies = await page.context().cookies()
    return cookies.find(({ name }) => name === 'next-auth.session-token')?.expires ?? 0
  }
  const [before, soon] = [await lasts(), new Date(Date.now() + 86_400_000)]
  const alive = { endedAt: null, user: { name: 'ben' } }
  await changeMeanwhile(ownApp, (prisma) => prisma.session.updateMany({ where: alive, data: { expiresAt: soon } }))
  await expect.poll(lasts, { timeout: 30_000 }).toBeGreaterThan(before)
  await expectJoined(page)
  const session = await changeMeanwhile(ownApp, (prisma) => prisma.session.findFirstOrThrow({ where: alive }))
  expect(Math.abs(session.expiresAt.getTime() - (await lasts()) * 1_000)).toBeLessThan(5_000)
})
