import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { useNewLine } from './use-new-line'

interface Now {
  read: number
  last: number
  reading: boolean
}

let line: number | undefined
function Line(now: Now) {
  line = useNewLine(now)
  return null
}

/** Where the line stands after each of these moments. */
function lines(moments: Now[]): (number | undefined)[] {
  const root = createRoot(document.createElement('div'))
  const seen = moments.map((now) => {
    act(() => root.render(<Line {...now} />))
    return line
  })
  act(() => root.unmount())
  return seen
}

test('a room never opened before, and one that was read to its end, have no line', () => {
  expect(lines([{ read: 0, last: 9, reading: true }])).toEqual([undefined])
  expect(lines([{ read: 9, last: 9, reading: true }])).toEqual([undefined])
})

test('it stays where one began to read, and does not follow what comes meanwhile', () => {
  const moments = [
    { read: 4, last: 9, reading: true },
    { read: 9, last: 9, reading: true },
    { read: 9, last: 10, reading: true },
    { read: 10, last: 10, reading: true },
  ]
  expect(lines(moments)).toEqual([5, 5, 5, 5])
})

test('what comes while nobody looks begins a new one, once', () => {
  const moments = [
    { read: 9, last: 9, reading: true },
    { read: 9, last: 9, reading: false },
    { read: 9, last: 10, reading: false },
    { read: 9, last: 12, reading: false },
    { read: 9, last: 12, reading: true },
    { read: 12, last: 12, reading: true },
  ]
  expect(lines(moments)).toEqual([undefined, undefined, 10, 10, 10, 10])
})
