import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { dummyHash, hashPassword, needsRehash, verifyPassword } from './password'

test('a wrong password is refused', async () => {
  expect(await verifyPassword(await hashPassword('right password'), 'wrong password')).toBe(false)
})

test('without a hash no password is right, after the same work', async () => {
  expect(await verifyPassword(undefined, 'any password')).toBe(false)
  expect(needsRehash(dummyHash)).toBe(false)
})

test('the right one is accepted, however its letters were composed', async () => {
  expect(await verifyPassword(await hashPassword('café au lait'), 'cafe\u0301 au lait')).toBe(true)
})

test('a hash made with weaker parameters is to be made anew', async () => {
  expect(needsRehash(await hash('password', { memoryCost: 8192, timeCost: 1, parallelism: 1 }))).toBe(true)
  expect(needsRehash(await hashPassword('password'))).toBe(false)
})
