import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { boot, type Service } from './boot'
import { type Environment, readEnvironment } from './env'
import { openPages } from './http/pages'
import { createLogger } from './logger'
import { announceAddress, whyNotListening } from './welcome'

/** How long an orderly end may take, in milliseconds; then the process ends anyway. */
const closeWithin = 10_000

type Close = (cause: string, code?: number) => void

async function run(): Promise<void> {
  if (process.env.NODE_ENV !== 'production') Reflect.set(process.env, 'NODE_ENV', 'development')
  const env = readEnvironment(process.env)
  const log = createLogger(env)
  const stop = new AbortController()
  const booting = boot({ env, log, openPages: () => openPages(env), signal: stop.signal })
  const close = closing({ booting, stop, log })
  endOn({ env, log, close })

  const { http } = await booting
  http.once('error', (error) => {
    process.stderr.write(`${whyNotListening(error, env)}\n`)
    close('not listening', 1)
  })
  http.listen(env.port, env.host, () => {
    const { port } = http.address() as AddressInfo
    announceAddress(env, port)
  })
}

/** Ends the process in order, whether it has booted or not; the worst of several causes gives the exit code. */
function closing({ booting, stop, log }: { booting: Promise<Service>; stop: AbortController; log: Logger }): Close {
  let exitCode = 0
  return (cause, code = 0) => {
    exitCode ||= code
    if (stop.signal.aborted) return
    log.info({ cause }, 'closing')
    stop.abort()
    setTimeout(() => {
      log.error('closing took too long')
      process.exit(1)
    }, closeWithin).unref()
    const closed = booting.then((service) => service.close())
    closed.then(
      () => process.exit(exitCode),
      (error: unknown) => {
        // A boot that was stopped has closed what it had opened.
        if (error === stop.signal.reason) process.exit(exitCode)
        log.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
}

function endOn({ env, log, close }: { env: Environment; log: Logger; close: Close }): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => close(signal))
  // The runner of `npm run dev` holds this end of a pipe: when it is killed outright, the server must not linger.
  process.on('disconnect', () => close('parent gone'))
  const fail = (what: string) => (error: unknown) => {
    log.fatal({ err: error }, what)
    // In development Next shows it, and the next save may mend it.
    if (env.production) close(what, 1)
  }
  // Next listens for these too, and would carry on in a state nobody has thought of.
  process.on('uncaughtException', fail('uncaught exception'))
  process.on('unhandledRejection', fail('unhandled rejection'))
}

run().catch((error: unknown) => {
  if (error instanceof Error && error.name === 'AbortError') return
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
