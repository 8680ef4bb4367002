import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import type { Environment } from '#server/env'

/** Prints where the server is and how to sign in, once it listens. */
export function announceAddress(env: Environment, port: number): void {
  const people = demonstrationPeople.map(({ name, role }) => (role === 'admin' ? `${name} (admin)` : name)).join(', ')
  const signIn = env.demo
    ? `Sign in as ${people}: one click each, or with the password "${demonstrationPassword}".`
    : 'Add the first admin with: npm run user:add -- <name> --admin'
  process.stdout.write(`\nSwitchboard is ready: ${env.nextauthUrl ?? addressOf(env.host, port)}\n${signIn}\n\n`)
}

function addressOf(host: string, port: number): string {
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** One line that names the setting to change. */
export function whyNotListening(error: NodeJS.ErrnoException, { host, port }: Environment): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT was "${port}", which is taken on ${host}; stop what listens there, or give another PORT.`
    case 'EACCES':
      return `PORT was "${port}", which this user may not listen on; it may be one from 1024 up.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST was "${host}", which is no address of this machine; it may be 127.0.0.1 or 0.0.0.0.`
    default:
      return error.message
  }
}
