import { expect, test } from 'vitest'
import { History, Tape } from './tape'

test('of an exchange with more symbols than are kept, the first two hundred are, and go on', () => {
  const tape = new Tape()
  const many = Array.from({ length: 500 }, (_, number) => ({ symbol: `S${number}`, price: 1 }))
  expect(tape.take(many)).toHaveLength(200)
  expect(tape.take([{ symbol: 'ONE-MORE', price: 1 }])).toEqual([])
  expect(tape.take([{ symbol: 'S7', price: 1.5 }])).toEqual([{ symbol: 'S7', price: 1.5, change: 50, number: 2 }])
})

test('the change is what the exchange says, and where it says none, against the first price heard', () => {
  const tape = new Tape()
  tape.take([{ symbol: 'A', price: 200 }])
  expect(tape.take([{ symbol: 'A', price: 199 }])).toMatchObject([{ change: -0.5 }])
  expect(tape.take([{ symbol: 'A', price: 199, change: -12 }])).toMatchObject([{ change: -12 }])
})

test('counting goes on where another node has come to', () => {
  const tape = new Tape()
  tape.take([{ symbol: 'A', price: 1 }])
  tape.adopt([
    { symbol: 'A', price: 2, change: 0, number: 40 },
    { symbol: 'B', price: 3, change: 0, number: 7 },
  ])
  tape.adopt([{ symbol: 'A', price: 1, change: 0, number: 39 }])
  expect(tape.take([{ symbol: 'A', price: 4 }])).toMatchObject([{ number: 41 }])
  expect(tape.quotes).toMatchObject([{ price: 4 }, { symbol: 'B', price: 3 }])
})

test('prices of the last minute are kept, and none before', () => {
  const history = new History()
  for (let price = 1; price <= 100; price++) history.note([{ symbol: 'A', price }])
  expect(history.all.A).toEqual(Array.from({ length: 60 }, (_, index) => index + 41))
})
