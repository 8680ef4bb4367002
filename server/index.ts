import type { AddressInfo } from 'node:net'
import { boot } from './boot'
import { readEnvironment } from './env'
import { openPages } from './http/pages'
import { createLogger } from './logger'
import { announceAddress } from './welcome'

/** How long an orderly end may take, in milliseconds; then the process ends anyway. */
const closeWithin = 10_000

async function run(): Promise<void> {
  if (process.env.NODE_ENV !== 'production') Reflect.set(process.env, 'NODE_ENV', 'development')
  const env = readEnvironment(process.env)
  const log = createLogger(env)
  const service = await boot({ env, log, openPages: () => openPages(env) })

  let closing = false
  const close = (cause: string) => {
    if (closing) return
    closing = true
    log.info({ cause }, 'closing')
    setTimeout(() => {
      log.error('closing took too long')
      process.exit(1)
    }, closeWithin).unref()
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => close('SIGTERM'))
  process.on('SIGINT', () => close('SIGINT'))
  // npm start holds this end of a pipe: when it is killed outright, the server must not linger.
  process.on('disconnect', () => close('parent gone'))

  service.http.once('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE'
    process.stderr.write(
      taken
        ? `PORT: ${env.port} is taken on ${env.host}. Stop what listens there, or give another PORT.\n`
        : `${error.message}\n`,
    )
    void service.close().finally(() => process.exit(1))
  })
  service.http.listen(env.port, env.host, () => {
    const { port } = service.http.address() as AddressInfo
    announceAddress(env, port)
  })
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
