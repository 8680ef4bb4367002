import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { expectJoined, type PersonName, signIn } from './sign-in'

type Person = (name: PersonName, path?: string) => Promise<Page>
type Visitor = () => Promise<Page>

/** Several sessions of one person side by side, as long as this page says so. */
async function letMany(ada: Page, many: boolean): Promise<void> {
  const name = many ? /^Any number of devices/ : /^The newest wins/
  await ada.getByRole('radio', { name }).check()
  await expect(ada.getByRole('group', { name: 'Sign-in policy' })).not.toHaveAttribute('aria-busy')
}

const bell = (page: Page) =>
  page
    .getByRole('banner')
    .or(page.getByRole('main'))
    .getByRole('link', { name: /unread notifications?$/i })
const toasts = (page: Page) => page.locator('[data-sonner-toast]')
const rows = (page: Page) => page.getByRole('main').getByRole('listitem')

/** How many unread notifications a page shows in its header. */
async function unread(page: Page): Promise<number> {
  const name = (await bell(page).getAttribute('aria-label')) ?? ''
  return Number(/^\d+/.exec(name)?.[0] ?? 0)
}

const expectUnread = (page: Page, count: number) => expect.poll(() => unread(page)).toBe(count)

/** Two tabs of one browser, with nothing unread. */
async function twoTabs(person: Person, name: PersonName): Promise<[Page, Page]> {
  const first = await person(name, '/notifications')
  const second = await first.context().newPage()
  await second.goto('/notifications')
  await Promise.all([expectJoined(first), expectJoined(second)])
  const sweep = first.getByRole('button', { name: 'Mark all as read' })
  if (await sweep.isEnabled()) await sweep.click()
  await Promise.all([expectUnread(first, 0), expectUnread(second, 0)])
  return [first, second]
}

/** Somebody signs in under this name in a browser that was never here: the event of these tests. */
async function signInElsewhere(visitor: Visitor, name: PersonName): Promise<Page> {
  const elsewhere = await visitor()
  await signIn(elsewhere, name)
  return elsewhere
}

test.describe('with several sessions side by side', () => {
  test.beforeEach(async ({ person }) => {
    await letMany(await person('ada', '/settings'), true)
  })
  test.afterEach(async ({ person }) => {
    await letMany(await person('ada', '/settings'), false)
  })

  test('one toast among all tabs, and the same count in each', async ({ person, visitor }) => {
    const [first, second] = await twoTabs(person, 'ben')
    await signInElsewhere(visitor, 'ben')
    await Promise.all([expectUnread(first, 1), expectUnread(second, 1)])
    await expect(first).toHaveTitle(/^\(1\) Notifications/)
    await expect(rows(first).first()).toContainText(/Signed in on Chrom\w+ on Linux, 127\.0\.0\.1/)
    await expect.poll(async () => (await toasts(first).count()) + (await toasts(second).count())).toBe(1)
    const where = (await toasts(first).count()) === 1 ? first : second
    await expect(toasts(where)).toContainText('Signed in on')

    await toasts(where).getByRole('button', { name: 'Open' }).click()
    await expect(where).toHaveURL(/\/settings\/sessions/)
    await Promise.all([expectUnread(first, 0), expectUnread(second, 0)])
  })

  test('marked as read in one tab, everything is read in the other, and archived is undone', async ({
    person,
    visitor,
  }) => {
    const [first, second] = await twoTabs(person, 'cleo')
    await signInElsewhere(visitor, 'cleo')
    await signInElsewhere(visitor, 'cleo')
    await Promise.all([expectUnread(first, 2), expectUnread(second, 2)])
    await first.getByRole('button', { name: 'Mark all as read' }).click()
    await Promise.all([expectUnread(first, 0), expectUnread(second, 0)])

    await first.getByText('Archived', { exact: true }).click()
    await expect(first).toHaveURL(/state=archived/)
    const newest = rows(second).first()
    const title = ((await newest.getByRole('link').textContent()) ?? '').trim()
    const before = await rows(first).filter({ hasText: title }).count()
    await newest.getByRole('button', { name: 'Archive' }).click()
    await expect(rows(first).filter({ hasText: title })).toHaveCount(before + 1)
    await second.getByRole('button', { name: 'Undo' }).click()
    await expect(rows(first).filter({ hasText: title })).toHaveCount(before)
    await first.reload()
    await expect(first.getByRole('radio', { name: 'Archived' })).toBeChecked()
  })

  test('what is switched off makes no toast, on the other tab too', async ({ person, visitor }) => {
    const [first, second] = await twoTabs(person, 'dora')
    await first.goto('/notifications/preferences')
    await second.goto('/notifications/preferences')
    const toast = (page: Page) => page.getByRole('group', { name: 'Sign-ins' }).getByRole('checkbox', { name: 'Toast' })
    await Promise.all([expectJoined(first), expectJoined(second)])
    await toast(first).uncheck()
    await expect(toast(second)).not.toBeChecked()
    await signInElsewhere(visitor, 'dora')
    await Promise.all([expectUnread(first, 1), expectUnread(second, 1)])
    await expect(toasts(first)).toHaveCount(0)
    await expect(toasts(second)).toHaveCount(0)

    await toast(second).check()
    await expect(toast(first)).toBeChecked()
    await signInElsewhere(visitor, 'dora')
    await expect.poll(async () => (await toasts(first).count()) + (await toasts(second).count())).toBe(1)
  })
})

test('the inbox of nobody else can be had, and a filter that does not exist is none', async ({ person }) => {
  const ben = await person('ben', '/notifications')
  await ben.goto('/notifications?state=nonsense&kind=%3Cb%3E')
  await expect(ben.getByRole('radio', { name: 'Inbox' })).toBeChecked()
  await expect(ben.getByRole('combobox', { name: 'Kind' })).toHaveValue('')
})
