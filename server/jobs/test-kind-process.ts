import { pino } from 'pino'
import { boot } from '#server/boot'
import { readEnvironment } from '#server/env'
import { SteppedKind } from './test-kind'

/**
 * For tests that kill a node in the middle of a job: boots it without pages, with a kind of job that takes a step
 * every 50 ms. It prints a line when it has booted.
 */
const stepped = new SteppedKind(40, 50)
stepped.open = 40
const env = readEnvironment({ ...process.env, LOG_LEVEL: 'silent' })
const { close } = await boot({
  env,
  log: pino({ level: 'silent' }),
  jobKinds: { report: stepped.kind(true), reprice: stepped.kind(false) },
})
process.stdout.write('booted\n')
process.on('SIGTERM', () => {
  close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
