import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { presence, presenceEntry } from '#channels/presence'
import { LatestBoard } from './latest-board'
import { PresenceRoom, type Tab } from './presence-room'

const boards: LatestBoard[] = []
afterEach(() => {
  for (const board of boards.splice(0)) board.close()
})

/** A room in which nobody is looking: what the board holds is all there is to see. */
function openRoom(mostListed: number) {
  const board = new LatestBoard({ sendLatest: () => {}, has: () => false }, 'this node')
  boards.push(board)
  const room = new PresenceRoom(board, 'chat:general', mostListed)
  const held = (push: string) => (board.read(presence, 'chat:general') ?? []).filter((pushed) => pushed.push === push)
  return {
    room,
    listed: () => held('present').map(({ data }) => presenceEntry.parse(data).tab),
    others: () => held('others').map(({ data }) => data),
  }
}

let tabs = 0
function tabOf(person: number): Tab {
  const user = { id: `0190b6f0-0000-7000-8000-00000000000${person}`, name: `person ${person}` }
  const socketId = `tab ${++tabs}`
  const entry = { user, tab: socketId, idle: false, part: null, since: tabs }
  return { socketId, session: { id: `session of ${person}`, user }, entry }
}

test('those beyond are counted by person, and take the place of whoever goes', () => {
  const { room, listed, others } = openRoom(2)
  const [one, two, three, threeAgain, four] = [tabOf(1), tabOf(2), tabOf(3), tabOf(3), tabOf(4)]
  for (const tab of [one, two, three, threeAgain, four]) room.add(tab)
  expect(listed()).toEqual([one.socketId, two.socketId])
  expect(others()).toEqual([{ node: 'this node', people: 2 }])
  room.change(four, { idle: true })
  expect(listed(), 'whoever is not listed does not get so by moving').toEqual([one.socketId, two.socketId])

  room.remove(one)
  expect(listed()).toEqual([two.socketId, three.socketId])
  expect(others()).toEqual([{ node: 'this node', people: 1 }])
  room.remove(three)
  expect(listed()).toEqual([two.socketId, threeAgain.socketId])
  room.remove(four)
  expect(others()).toEqual([])
  for (const tab of [two, threeAgain]) room.remove(tab)
  expect(listed()).toEqual([])
  expect(room.isEmpty).toBe(true)
})

test('whatever comes and goes, the first are listed, and nobody is counted twice or not at all', () => {
  const steps = fc.array(fc.record({ person: fc.nat(5), remove: fc.option(fc.nat(30), { freq: 1 }) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), steps, (mostListed, all) => {
      const { room, listed, others } = openRoom(mostListed)
      let there: Tab[] = []
      for (const { person, remove } of all) {
        const going = remove === null ? undefined : there[remove]
        if (going) {
          room.remove(going)
          room.remove(going)
          there = there.filter((tab) => tab !== going)
        } else {
          const tab = tabOf(person)
          room.add(tab)
          there = [...there, tab]
        }
        const shown = there.slice(0, mostListed)
        const people = new Set(there.map(({ session }) => session.id)).size
        const shownPeople = new Set(shown.map(({ session }) => session.id)).size
        const beyond = people - shownPeople
        expect(listed()).toEqual(shown.map(({ socketId }) => socketId))
        expect(others()).toEqual(beyond > 0 ? [{ node: 'this node', people: beyond }] : [])
      }
    }),
  )
})
