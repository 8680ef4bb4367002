import { expect, test } from 'vitest'
import { frameEntry, mostFrames, withEntries } from './console-frames.ts'
import { decodeMessagePack, encodeMessage, hexOf } from './message-encoding.ts'

const packed = new Uint8Array([0x81, 0xa5, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x01])

test.each(['', '{', "{'a': 1}", 'hello'])('"%s" is no JSON, and is not sent as MessagePack either', (typed) => {
  for (const encoding of ['json', 'message-pack'] as const) {
    expect(() => encodeMessage(encoding, typed)).toThrow(/no JSON/)
  }
  expect(encodeMessage('text', typed)).toBe(typed)
})

test('MessagePack goes out as the bytes of its specification, and is read again', () => {
  expect([...encodeMessage('message-pack', '{"hello": 1}')]).toEqual([...packed])
  expect(decodeMessagePack(packed)).toBe('{"hello":1}')
  expect(hexOf(packed)).toBe('81 a5 68 65 6c 6c 6f 01')
})

test('what is sent is not written over by what is sent next', () => {
  const first = encodeMessage('message-pack', '{"hello": 1}')
  encodeMessage('message-pack', '{"other": 2}')
  expect([...first]).toEqual([...packed])
})

test('bytes that are no MessagePack are shown as they are, and numbers beyond JSON as text', () => {
  for (const bytes of [
    [0x81, 0xa5, 0x68],
    [0, 255, 128],
  ]) {
    expect(decodeMessagePack(new Uint8Array(bytes))).toBeUndefined()
  }
  expect(frameEntry('in', new Uint8Array([0x81, 0xa5]), 0)).toEqual({ at: 0, kind: 'in', bytes: 2, text: '81 a5' })
  expect(decodeMessagePack(new Uint8Array([0xcf, 255, 255, 255, 255, 255, 255, 255, 255]))).toBe(
    '"18446744073709551615"',
  )
})

test('the size of text is that of its UTF-8, and what is long is cut', () => {
  expect(frameEntry('out', 'é😀', 0)).toMatchObject({ bytes: 6, text: 'é😀' })
  expect(frameEntry('in', 'x'.repeat(5_000), 0)).toMatchObject({ bytes: 5_000, text: `${'x'.repeat(4_000)} …` })
  const { bytes, text } = frameEntry('in', new Uint8Array(2_000), 0)
  expect([bytes, text.length]).toEqual([2_000, 512 * 3 - 1 + 2])
})

test(`the last ${mostFrames} are kept, numbered on`, () => {
  const entry = frameEntry('in', 'a', 0)
  const many = withEntries(
    [],
    Array.from({ length: mostFrames }, () => entry),
  )
  const more = withEntries(many, [entry, entry])
  expect(more).toHaveLength(mostFrames)
  expect([more[0]?.number, more.at(-1)?.number]).toEqual([3, mostFrames + 2])
})
