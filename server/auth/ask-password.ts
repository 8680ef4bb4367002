import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Twice and unseen at a terminal; otherwise the first line of the input, so that a program can hand it over. */
export async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLine()
  const password = await askUnseen('Password: ')
  if ((await askUnseen('The same again: ')) !== password) throw new Error('The two are not the same. Nothing was done.')
  return password
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  throw new Error('There was no password on the input. Nothing was done.')
}

async function askUnseen(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  // Without a listener Ctrl+C would only end the question, and leave the process waiting for ever.
  terminal.on('SIGINT', () => process.exit(130))
  process.stdout.write(question)
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stdout.write('\n')
  }
}
