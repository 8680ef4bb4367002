import { expect, test } from 'vitest'
import type { RoomEntry } from '#channels/rooms'
import { listRooms } from './list-rooms'

const room = (key: string, last: number, rest: Partial<RoomEntry> = {}): RoomEntry => ({
  key,
  kind: 'public',
  title: key,
  topic: '',
  last,
  with: null,
  ...rest,
})

test('what is unread is what came after the marker, by the largest number that was told', () => {
  const listed = listRooms({
    rooms: [room('b', 5), room('a', 2), room('never', 3), room('behind', 4)],
    markers: [
      { key: 'a', number: 2 },
      { key: 'b', number: 4 },
      { key: 'behind', number: 9 },
      { key: 'gone', number: 1 },
    ],
    counted: [
      { key: 'a', last: 7 },
      { key: 'a', last: 6 },
      { key: 'b', last: 1 },
    ],
  })
  expect(listed.map(({ key, last, read, unread }) => [key, last, read, unread])).toEqual([
    ['a', 7, 2, 5],
    ['b', 5, 4, 1],
    ['behind', 4, 9, 0],
    ['never', 3, 0, 3],
  ])
})

test('a direct room is called by the other person, and stands by that name', () => {
  const ada = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ada' }
  const listed = listRooms({
    rooms: [room('z', 0, { title: 'b' }), room('d-1', 0, { kind: 'direct', title: '', with: ada })],
    markers: [],
    counted: [],
  })
  expect(listed.map(({ name }) => name)).toEqual(['ada', 'b'])
})
