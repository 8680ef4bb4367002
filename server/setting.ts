import { z } from 'zod'

/** What README.md and a refusal say about a setting. */
export interface Explanation {
  /** What holds when it is not given, in words. */
  default: string
  /** Ends the sentence "it may be ...". */
  allowed: string
  meaning: string
  secret?: boolean
}

export const explanations = z.registry<Explanation>()

/** Every line of its message names one setting, what it was and what it may be. */
export class SettingError extends Error {
  override readonly name = 'SettingError'

  constructor(readonly lines: string[]) {
    super(lines.join('\n'))
  }
}

export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
}

export function address(...protocols: string[]) {
  return z.string().refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    return url !== undefined && protocols.includes(url.protocol) && url.host !== ''
  })
}

/** Gives each as an address would have it: in small letters, IPv4 in the usual form, and IPv6 in brackets. */
export function hostList() {
  return z
    .string()
    .transform((value) => value.split(',').map((entry) => hostOf(entry.trim())))
    .pipe(z.array(z.string()).max(100))
}

function hostOf(entry: string): string | undefined {
  const [, host = '', port] = /^(\[[^\]]*\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?$/.exec(entry) ?? []
  const url = URL.canParse(`ws://${host}:${port ?? 1}`) ? new URL(`ws://${host}`) : undefined
  return url && (port ? `${url.hostname}:${Number(port)}` : url.hostname)
}

/** Gives `https://switchboard.example` for that and for the same with a slash. */
export function origin() {
  return z
    .string()
    .refine((value) => {
      const url = URL.canParse(value) ? new URL(value) : undefined
      return (
        url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && !/[?#]$/.test(value)
      )
    })
    .transform((value) => new URL(value).origin)
}

/** A value as a refusal may show it: no secret, and no password of an address. */
export function shown(value: string, explanation: Explanation): string {
  if (explanation.secret) return `${value.length} characters (not shown)`
  if (!/[@:]/.test(value)) return `"${value}"`
  return shownAddress(value)
}

/** What cannot be taken apart may hold a password anywhere, so nothing of it is shown. */
function shownAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!value.includes('@') && !/password/i.test(value)) return `"${value}"`
  if (!url?.host || !url.username) return 'an address that cannot be read (not shown)'
  return `"${url.protocol}//${url.username}:***@${url.host}${url.pathname}"`
}
