import { configDefaults, defineConfig } from 'vitest/config'

const exclude = [...configDefaults.exclude, 'e2e/**', '.next/**', '.data/**']

export default defineConfig({
  test: {
    environment: 'node',
    setupFiles: 'bin/test-file-setup.ts',
    pool: 'forks',
    // PGlite is WebAssembly: to have it optimised takes each process longer than its tests gain by it.
    execArgv: ['--liftoff-only'],
    // Vitest leaves one core free; much of the time here is waiting for databases and child processes.
    maxWorkers: 3,
    // A database is opened for many of them, on machines that are busy with others.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // As long as test-wait.ts waits, for the same reason.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    projects: [
      // Loading everything anew for each file would take as long as the tests themselves.
      {
        extends: true,
        test: { name: 'node', include: ['**/*.test.ts'], exclude, isolate: false, globalSetup: 'bin/test-setup.ts' },
      },
      // What renders has a document, for its whole process.
      {
        extends: true,
        test: { name: 'document', include: ['**/*.test.tsx'], exclude, setupFiles: 'bin/test-document-setup.ts' },
      },
    ],
  },
})
