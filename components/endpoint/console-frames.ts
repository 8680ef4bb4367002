import { decodeMessagePack, type FrameData, hexOf } from './message-encoding'

/** So many are kept: an endpoint that speaks every second would fill the memory of a tab that is forgotten. */
export const mostFrames = 500
/** So much of one is shown: text in characters, bytes in bytes. */
const shown = { characters: 4_000, bytes: 512 }

/** What the console shows of one frame, or of the line itself: `opened`, `closed`. `at` is the browser's own time. */
export interface ConsoleEntry {
  number: number
  at: number
  kind: 'in' | 'out' | 'line'
  /** Of a frame, in bytes. */
  bytes: number | null
  text: string
  /** What bytes say as MessagePack. */
  decoded?: string
}

export type NewEntry = Omit<ConsoleEntry, 'number'>

export function frameEntry(kind: 'in' | 'out', data: FrameData, at: number): NewEntry {
  if (typeof data === 'string') {
    const bytes = new TextEncoder().encode(data).length
    return { at, kind, bytes, text: cut(data, data.length > shown.characters, shown.characters) }
  }
  const { length: bytes } = data
  const hex = hexOf(data.subarray(0, shown.bytes))
  const decoded = decodeMessagePack(data)
  return {
    at,
    kind,
    bytes,
    text: cut(hex, bytes > shown.bytes),
    ...(decoded && { decoded: cut(decoded, decoded.length > shown.characters, shown.characters) }),
  }
}

/** Numbered on, the newest last, bounded. */
export function withEntries(entries: ConsoleEntry[], added: NewEntry[]): ConsoleEntry[] {
  const first = (entries.at(-1)?.number ?? 0) + 1
  return [...entries, ...added.map((entry, index) => ({ ...entry, number: first + index }))].slice(-mostFrames)
}

/** `wasOpen` is false where there never was a socket. */
export function closedWords(code: number, reason: string, wasOpen: boolean): string {
  if (wasOpen) return `Closed with ${code}${reason && `, ${reason}`}.`
  return `Not opened (${code}). The server refused it or could not be reached; a page is not told the status.`
}

function cut(text: string, isLong: boolean, characters = text.length): string {
  return isLong ? `${text.slice(0, characters)} …` : text
}
