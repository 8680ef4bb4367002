import { defineConfig } from '@playwright/test'

/** Chromium's own requests are many, and none of them is ours. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    // Taking one slows every test by a fifth: `npm run e2e -- --trace on` where it is wanted.
    trace: 'off',
    viewport: { width: 1280, height: 800 },
    // What moves, the ticker's strip on every page first, would take a sixth of a core for each page that is open.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: isRoot ? [...quiet, '--no-sandbox'] : quiet,
    },
  },
})
