import { useCases } from '#components/catalog'
import { connect, heldBy } from './client'
import { expect, test } from './fixtures'

test('without a session every page leads to sign-in, and nothing else gives anything away', async ({ request }) => {
  const paths = [
    '/',
    '/chat/general',
    '/chat/nowhere',
    ...useCases.filter(({ works }) => works).map(({ href }) => href),
  ]
  for (const path of paths) {
    const answer = await request.get(path, { maxRedirects: 0 })
    const signInPath = path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`
    expect([path, answer.status(), answer.headers().location]).toEqual([path, 307, signInPath])
    expect(await answer.text()).not.toMatch(/Lindner|Is the printer|Use cases/)
  }
  for (const path of ['/api/health/live', '/api/health/ready']) expect((await request.get(path)).status()).toBe(200)
  const unknown = await request.get('/api/messages')
  expect(unknown.status()).toBe(401)
  expect(await unknown.json()).toEqual({ code: 'unauthenticated', message: 'Sign in first.' })
  expect(await (await request.get('/api/auth/session')).json()).toEqual({})
})

test('without a session no socket', async ({ visitor }) => {
  const page = await visitor()
  await page.goto('/sign-in')
  expect(await connect(await heldBy(page))).toBe('unauthenticated')
})

test('without a session an address there is not leads to sign-in too', async ({ request }) => {
  const answer = await request.get('/settings/nothing', { maxRedirects: 0 })
  expect([answer.status(), answer.headers().location]).toEqual([307, '/sign-in?returnTo=%2Fsettings%2Fnothing'])
})

test('a page that is not open to a member is not marked as another one in the menu', async ({
  person,
  expectError,
}) => {
  expectError(/status of 403/)
  const page = await person('ben')
  await page.goto('/settings/broadcast')
  await expect(page.getByRole('navigation', { name: 'Use cases' }).locator('[aria-current]')).toHaveCount(0)
})
