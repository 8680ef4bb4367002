import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives the paths for the reports of the two test programs, and closes the command with their sum.
 * A check that failed without a failed test counts as one.
 */
export function tallyAtExit() {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-test-'))
  const reports = { vitest: join(folder, 'vitest.json'), playwright: join(folder, 'playwright.json') }
  process.on('exit', (code) => {
    const unit = read(reports.vitest)
    const browser = read(reports.playwright).stats
    rmSync(folder, { recursive: true, force: true })
    const passed = sum(unit.numPassedTests, browser?.expected, browser?.flaky)
    const failed = sum(unit.numFailedTests, browser?.unexpected)
    console.log(`${passed} passed, ${code !== 0 ? Math.max(failed, 1) : failed} failed`)
  })
  return reports
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

function sum(...counts) {
  return counts.reduce((total, count) => total + (count ?? 0), 0)
}
