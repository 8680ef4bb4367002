export interface TextPart {
  text: string
  /** Where it leads, for a web address. */
  href?: string
  /** It is the reader's own name with `@` before it. */
  called?: true
}

const address = /\bhttps?:\/\/[^\s<>"]+/giu
/** What ends the sentence, not the address. */
const closing = /[.,;:!?'…]+$/u

/**
 * Cuts what a person wrote into plain text and addresses. Only http and https are ever followed: what else a
 * browser would do for an address (`javascript:`, `data:`) stays text.
 */
export function textParts(text: string, me?: string): TextPart[] {
  const parts: TextPart[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const shown = trimmed(found)
    const href = hrefOf(shown)
    if (!href) continue
    parts.push(...calls(text.slice(done, index), me), { text: shown, href })
    done = index + shown.length
  }
  parts.push(...calls(text.slice(done), me))
  return parts
}

const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const

/** Without the full stop after it, and without a bracket that was opened before it. */
function trimmed(found: string): string {
  let shown = found.replace(closing, '')
  for (const [open, close] of brackets) {
    while (shown.endsWith(close) && shown.split(close).length > shown.split(open).length) {
      shown = shown.slice(0, -1).replace(closing, '')
    }
  }
  return shown
}

function hrefOf(shown: string): string | undefined {
  const url = parse(shown)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}

function parse(shown: string): URL | null {
  try {
    return new URL(shown)
  } catch {
    return null
  }
}

/** A name ends where a letter, a digit or what joins them would go on: `@ben`, not `@benedict`. */
function calls(text: string, me: string | undefined): TextPart[] {
  if (text === '') return []
  if (!me) return [{ text }]
  const call = new RegExp(`(?<![\\p{L}\\p{N}_])@${escaped(me)}(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])`, 'giu')
  const parts: TextPart[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(call)) {
    if (index > done) parts.push({ text: text.slice(done, index) })
    parts.push({ text: found, called: true })
    done = index + found.length
  }
  if (done < text.length) parts.push({ text: text.slice(done) })
  return parts
}

/** Literally, within a pattern. */
function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
