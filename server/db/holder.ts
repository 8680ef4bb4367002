import { readFileSync } from 'node:fs'
import { z } from 'zod'

const holder = z.object({ pid: z.number().int().positive(), started: z.string().nullable() })

/** A process: its id, and when it started, because ids are given out again. */
export type Holder = z.infer<typeof holder>

export function thisProcess(): Holder {
  return { pid: process.pid, started: startOf(process.pid) }
}

export function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Not allowed to signal it: it is there, and somebody else's.
    if (!hasCode(error, 'EPERM')) return false
  }
  const now = startOf(pid)
  return now === null || started === null || now === started
}

/** Null for text that is not a holder's, as from a process killed between making its file and writing it. */
export function parseHolder(text: string): Holder | null {
  try {
    return holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export function hasCode(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** Another one each time the machine starts; null where that cannot be known, as everywhere but on Linux. */
export function bootOfMachine(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

/** Boot and clock ticks since then; null where that cannot be known, as everywhere but on Linux. */
function startOf(pid: number): string | null {
  try {
    const boot = bootOfMachine()
    if (boot === null) return null
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything, so count from the last one.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A killed process that its parent has not waited for yet is still listed, and never started as any other did.
    if (state === 'Z' || state === 'X') return 'ended'
    return `${boot} ${fields[18]}`
  } catch {
    return null
  }
}
