import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NewChallenge } from '#channels/lobby'
import type { LiveSession } from '#server/models/session'
import { sizes } from '#server/test-sizes'
import { accept, challenge, decline, withdraw } from './game-challenge'
import { answerDraw, offerDraw, playMove, resign } from './game-play'
import { rematch } from './game-rematch'
import { readStored, startGame } from './test-game'

// Whoever got no answer asks again: the second time is answered as the first, and does nothing.

type Actor = LiveSession['user']
const wish = (opponent: string | null = null): NewChallenge => ({
  ...{ id: randomUUID(), opponent, first: 'me', budget: 60_000, increment: 0 },
})

describe.each(sizes)('on the $size database', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let people: Actor[] = []
  const as = (nth: number): Actor => people[nth] ?? raise()

  beforeAll(async () => {
    running = await open()
    const made = ['ada', 'ben', 'cleo'].map((name) =>
      running.prisma.user.create({ data: { name, passwordHash: '' }, select: { id: true, name: true, role: true } }),
    )
    people = await Promise.all(made)
  })
  afterAll(() => running.close())
  beforeEach(() => running.prisma.game.deleteMany())

  const begin = (moves = '') => startGame([as(0), as(1)], moves)
  async function expectSame<Answer>(id: string, ask: () => Promise<Answer>): Promise<void> {
    const first = await ask()
    const after = await readStored(id)
    expect(await ask()).toEqual(first)
    expect(await readStored(id)).toEqual(after)
  }

  test('refused: a challenge under an id that is someone else’s, and nothing is told of it', async () => {
    const theirs = await challenge(as(0), wish(as(1).id))
    const refusal = await challenge(as(2), { ...wish(), id: theirs.id }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'conflict' })
    expect(String(refusal)).not.toMatch(/ada|ben/)
    expect(await readStored(theirs.id)).toMatchObject({ challenger: { name: 'ada' }, state: 'open' })
  })

  test('challenge, accept, decline and withdraw', async () => {
    const [made, declined, withdrawn] = [wish(as(1).id), wish(as(1).id), wish()]
    for (const one of [made, declined, withdrawn]) await expectSame(one.id, () => challenge(as(0), one))
    await expectSame(made.id, () => accept(as(1), made.id))
    await expectSame(declined.id, () => decline(as(1), declined.id))
    await expectSame(withdrawn.id, () => withdraw(as(0), withdrawn.id))
    for (const { id } of [made, declined, withdrawn]) expect((await readStored(id)).version).toBe(1)
  })

  test('a move, and the one that wins', async () => {
    const id = await begin('010101')
    await expectSame(id, () => playMove(as(0), id, { column: 0, number: 6 }))
    expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'four', moves: '0101010' })
    await expect(playMove(as(0), id, { column: 2, number: 6 })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('resigning, and asking for a rematch', async () => {
    const id = await begin('33')
    await expectSame(id, () => resign(as(0), id))
    await expectSame(id, () => rematch(as(0), id))
    await expectSame(id, () => rematch(as(1), id))
  })

  test('a draw that is offered, declined, and agreed by either of its answers', async () => {
    const id = await begin('33')
    await expectSame(id, () => offerDraw(as(0), id))
    await expectSame(id, () => answerDraw(as(1), id, { accept: false }))
    await offerDraw(as(1), id)
    await expectSame(id, () => offerDraw(as(0), id))
    expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'agreed' })
    const accepted = await begin('33')
    await offerDraw(as(0), accepted)
    await expectSame(accepted, () => answerDraw(as(1), accepted, { accept: true }))
    // Declining comes too late to change anything, and one's own offer is the other's to decline.
    const own = await begin('33')
    await offerDraw(as(0), own)
    await expectSame(own, () => answerDraw(as(0), own, { accept: false }))
    expect((await readStored(own)).drawOfferedBy).toBe(0)
  })
})

function raise(): never {
  throw new Error('There is no such person.')
}
