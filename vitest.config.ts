import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'bin/test-setup.ts',
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: [...configDefaults.exclude, 'e2e/**', '.next/**', '.data/**'],
    pool: 'forks',
    // Vitest leaves one core free; much of the time here is waiting for databases and child processes.
    maxWorkers: 3,
    // A database is opened for many of them, on machines that are busy with others.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // As long as test-wait.ts waits, for the same reason.
    expect: { poll: { timeout: 15_000, interval: 20 } },
  },
})
