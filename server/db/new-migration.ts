import { runNewMigration } from './next-migration'

try {
  const { code, text } = await runNewMigration(process.argv.slice(2))
  process.exitCode = code
  const stream = code === 0 ? process.stdout : process.stderr
  stream.write(`${text}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
