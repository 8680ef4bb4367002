import { stop } from './report.mjs'
import { root } from './root.mjs'

/**
 * Reads the .env files as Next does, and ends the command with a line for each wrong setting:
 * before a long build, not after it. From here on this process can import TypeScript.
 */
export async function loadSettings() {
  const { default: next } = await import('@next/env')
  next.loadEnvConfig(root, process.env.NODE_ENV === 'development', { info: () => {}, error: console.error })
  await import('tsx')
  const { readEnvironment } = await import('../server/env.ts')
  try {
    readEnvironment(process.env)
  } catch (error) {
    if (error.name !== 'SettingError') throw error
    stop('settings', error.lines.join('\n          '))
  }
}
