import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import type { Environment } from '#server/env'

/** Prints where the server is and how to sign in, once it listens. */
export function announceAddress(env: Environment, port: number): void {
  const address =
    env.nextauthUrl ?? `http://${env.host === '127.0.0.1' || env.host === '0.0.0.0' ? 'localhost' : env.host}:${port}`
  const people = demonstrationPeople.map(({ name, role }) => (role === 'admin' ? `${name} (admin)` : name)).join(', ')
  const signIn = env.demo
    ? `Sign in as ${people}: one click each, or with the password "${demonstrationPassword}".`
    : 'Add the first admin with: npm run user:add -- <name> --admin'
  process.stdout.write(`\nSwitchboard is ready: ${address}\n${signIn}\n\n`)
}
