import { Packr } from 'msgpackr'

/** How what is typed into the console becomes a frame. */
export const encodings = ['text', 'json', 'message-pack'] as const
export type Encoding = (typeof encodings)[number]

export type FrameData = string | Uint8Array<ArrayBuffer>

/** As the server does it: every other library of MessagePack reads it. */
const packr = new Packr({ useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true })

/** Throws an Error with a sentence for the person when it is no JSON, which MessagePack is written as, too. */
export function encodeMessage(encoding: Encoding, typed: string): FrameData {
  if (encoding === 'text') return typed
  const value = parseJson(typed)
  // Copied: what the library gives is a piece of a buffer that it will write to again.
  return encoding === 'json' ? JSON.stringify(value) : new Uint8Array(packr.pack(value))
}

function parseJson(typed: string): unknown {
  try {
    return JSON.parse(typed)
  } catch {
    throw new Error('This is no JSON: write {"key": "value"}, or text between double quotes.')
  }
}

/** What the bytes say as MessagePack, as JSON; undefined when they are none. */
export function decodeMessagePack(bytes: Uint8Array): string | undefined {
  try {
    return JSON.stringify(packr.unpack(bytes), jsonable)
  } catch {
    return undefined
  }
}

/** JSON has no word for these, which MessagePack can carry. */
function jsonable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return hexOf(value)
  return value
}

/** Byte by byte, with spaces between: `82 a5 68`. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
