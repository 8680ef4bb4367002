import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { AppServer } from './server'
import { type PersonName, signIn } from './sign-in'
import { Watch } from './watch'

interface WorkerFixtures {
  /** One per worker. Its tests run one after the other; each leaves nothing that the next could see. */
  app: AppServer
}

interface TestFixtures {
  /** For a test that leaves behind what others could not do with. Named first, so that it goes last. */
  ownApp: AppServer
  watch: Watch
  /** Names a console message that a test brings about on purpose; any other error fails it. */
  expectError: (what: RegExp) => void
  /** A page in a context of its own: another browser, where nobody is signed in. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>
  /** The same, with somebody signed in by one click on the sign-in page, who then goes on to `path`. */
  person: (name: PersonName, path?: string) => Promise<Page>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
    async ({}, use) => {
      const app = await AppServer.start()
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  ownApp: async ({}, use, testInfo) => {
    // It starts here, and often again in the test.
    testInfo.slow()
    const app = await AppServer.start()
    await use(app)
    await app.stop()
  },
  baseURL: async ({ app }, use) => use(app.url),
  watch: async ({ app }, use, testInfo) => {
    const watch = new Watch()
    const before = app.output.length
    await use(watch)
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server', { body: app.output.slice(before) || '(nothing)', contentType: 'text/plain' })
      process.stderr.write(app.output.slice(before))
    }
    expect(watch.unexpected(), 'errors in the browser that no test expects').toEqual([])
  },
  expectError: async ({ watch }, use) => use((what) => watch.expect(what)),
  visitor: async ({ browser, watch }, use) => {
    const { open, closeAll } = contexts(browser, watch)
    await use(open)
    await closeAll()
  },
  person: async ({ visitor }, use) =>
    use(async (name, path) => {
      const page = await visitor()
      await signIn(page, name, path)
      return page
    }),
})

function contexts(browser: Browser, watch: Watch) {
  const opened: BrowserContext[] = []
  return {
    open: async (options?: BrowserContextOptions) => {
      const context = await browser.newContext(options)
      opened.push(context)
      watch.follow(context)
      return context.newPage()
    },
    closeAll: async () => {
      for (const context of opened) await context.close()
    },
  }
}

export { expect } from '@playwright/test'
