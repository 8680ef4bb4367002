import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NewChallenge } from '#channels/lobby'
import type { LiveSession } from '#server/models/session'
import { sizes } from '#server/test-sizes'
import { accept, challenge, decline, withdraw } from './game-challenge'
import { answerDraw, offerDraw, playMove, resign } from './game-play'
import { rematch } from './game-rematch'
import { readStandings } from './game-standing'
import { watchGames } from './game-watch'
import { readLobby } from './lobby'
import { playAll, readStored, startGame } from './test-game'

type Actor = LiveSession['user']
const time = { budget: 60_000, increment: 0 }
const wish = (change: Partial<NewChallenge> = {}): NewChallenge => ({
  ...{ id: randomUUID(), opponent: null, first: 'me', ...time },
  ...change,
})

describe.each(sizes)('on the $size database', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let [ada, ben, cleo]: Actor[] = []
  const as = (actor: Actor | undefined): Actor => {
    if (!actor) throw new Error('There is no such person.')
    return actor
  }

  beforeAll(async () => {
    running = await open()
    const people = ['ada', 'ben', 'cleo'].map((name) =>
      running.prisma.user.create({ data: { name, passwordHash: '' }, select: { id: true, name: true, role: true } }),
    )
    ;[ada, ben, cleo] = await Promise.all(people)
  })
  afterAll(() => running.close())
  beforeEach(async () => {
    await running.prisma.game.deleteMany()
    await running.prisma.notification.deleteMany()
  })

  const pair = (): [Actor, Actor] => [as(ada), as(ben)]
  /** Which of them were granted, and with which codes the others were refused. */
  async function outcomes(asked: Promise<unknown>[]): Promise<{ granted: number; codes: unknown[] }> {
    const settled = await Promise.allSettled(asked)
    const codes = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code ?? one.reason] : []))
    return { granted: settled.length - codes.length, codes }
  }
  /** Moves what the row says into the past, as if so much time had gone by. */
  async function age(id: string, seconds: number): Promise<void> {
    await running.prisma.$executeRaw`
      UPDATE game SET turn_since = turn_since - ${seconds} * interval '1 second', due_at = due_at - ${seconds} * interval '1 second'
      WHERE id = ${id}::uuid`
  }

  test('refused: oneself, nobody, a disabled person, nonsense, and a fourth challenge', async () => {
    const refusals: [Partial<NewChallenge>, string][] = [
      [{ opponent: as(ada).id }, 'invalid'],
      [{ opponent: randomUUID() }, 'not-found'],
      [{ budget: 1 }, 'invalid'],
      [{ budget: Number.NaN }, 'invalid'],
      [{ increment: -1 }, 'invalid'],
      [{ id: 'mine' }, 'invalid'],
    ]
    for (const [change, code] of refusals)
      await expect(challenge(as(ada), wish(change)), JSON.stringify(change)).rejects.toMatchObject({ code })
    await running.prisma.user.update({ where: { id: as(cleo).id }, data: { disabledAt: new Date() } })
    await expect(challenge(as(ada), wish({ opponent: as(cleo).id }))).rejects.toMatchObject({ code: 'not-found' })
    await running.prisma.user.update({ where: { id: as(cleo).id }, data: { disabledAt: null } })
    expect(await running.prisma.game.count()).toBe(0)

    const { granted, codes } = await outcomes(Array.from({ length: 8 }, () => challenge(as(ada), wish())))
    expect({ granted, codes }).toEqual({ granted: 3, codes: Array(5).fill('conflict') })
  })

  test('refused: what is another’s to accept, decline or withdraw', async () => {
    const direct = await challenge(as(ada), wish({ opponent: as(ben).id }))
    for (const act of [accept, decline, withdraw]) {
      await expect(act(as(cleo), direct.id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(act(as(cleo), randomUUID())).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(accept(as(ada), direct.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decline(as(ada), direct.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdraw(as(ben), direct.id)).rejects.toMatchObject({ code: 'forbidden' })
    await decline(as(ben), direct.id)
    await expect(accept(as(ben), direct.id)).rejects.toMatchObject({ code: 'conflict' })
    const taken = await challenge(as(cleo), wish({ id: direct.id })).catch((error: unknown) => error)
    expect(taken).toMatchObject({ code: 'conflict' })
  })

  test('a challenge asked for again is the same one, and is told of once', async () => {
    const same = wish({ opponent: as(ben).id })
    const [one, other] = await Promise.all([challenge(as(ada), same), challenge(as(ada), same)])
    expect(one).toEqual(other)
    expect(await running.prisma.notification.count({ where: { userId: as(ben).id } })).toBe(1)
    expect((await readLobby(as(ben), `person-${as(ben).id}`)).challenges).toEqual([one])
    expect((await readLobby(as(cleo), 'all')).challenges).toEqual([])
  })

  test('of two who accept at once one plays, and asking again is safe', async () => {
    const { id } = await challenge(as(ada), wish())
    const { granted, codes } = await outcomes([accept(as(ben), id), accept(as(cleo), id)])
    expect({ granted, codes }).toEqual({ granted: 1, codes: ['conflict'] })
    const { seats, state } = await readStored(id)
    expect(state).toBe('playing')
    expect(seats).toHaveLength(2)
    const taker = seats[1]?.user.id === as(ben).id ? ben : cleo
    expect(await accept(as(taker), id)).toEqual({ id })
  })

  test('accepted and withdrawn at once, one of it happens', async () => {
    const { id } = await challenge(as(ada), wish())
    const { granted } = await outcomes([accept(as(ben), id), withdraw(as(ada), id)])
    expect(granted).toBe(1)
    const { state, seats } = await readStored(id)
    expect([state, seats.length]).toEqual(state === 'playing' ? ['playing', 2] : ['over', 0])
  })

  test('who plays first is as the challenger wished, or drawn', async () => {
    const first = async (wished: NewChallenge['first']) => {
      const { id } = await challenge(as(ada), wish({ first: wished }))
      await accept(as(ben), id)
      return (await readStored(id)).seats[0]?.user.name
    }
    expect([await first('me'), await first('them')]).toEqual(['ada', 'ben'])
    const drawn = new Set<string | undefined>()
    for (let nth = 0; nth < 40 && drawn.size < 2; nth++) drawn.add(await first('random'))
    expect([...drawn].sort()).toEqual(['ada', 'ben'])
  })

  test('of many moves of one number one is played', async () => {
    const id = await startGame(pair(), '3')
    const { granted, codes } = await outcomes(
      [0, 1, 2, 3, 4, 5, 6].map((column) => playMove(as(ben), id, { column, number: 1 })),
    )
    expect({ granted, codes }).toEqual({ granted: 1, codes: Array(6).fill('conflict') })
    expect((await readStored(id)).moves).toHaveLength(2)
  })

  test('the same move sent many times at once is played once', async () => {
    const id = await startGame(pair())
    const same = Array.from({ length: 6 }, () => playMove(as(ada), id, { column: 3, number: 0 }))
    expect(await outcomes(same)).toEqual({ granted: 6, codes: [] })
    expect(await readStored(id)).toMatchObject({ moves: '3', version: 2 })
  })

  test('both resign, or both offer a draw, at once: the game ends once', async () => {
    const id = await startGame(pair(), '33')
    expect((await outcomes([resign(as(ada), id), resign(as(ben), id)])).granted).toBe(1)
    const drawn = await startGame(pair(), '33')
    expect((await outcomes([offerDraw(as(ada), drawn), offerDraw(as(ben), drawn)])).granted).toBe(2)
    expect(await readStored(drawn)).toMatchObject({ ending: 'agreed', winner: null })
    expect(await answerDraw(as(ada), drawn, { accept: true })).toMatchObject({ ending: 'agreed' })
  })

  test('a rematch by both at once is one game, with the seats swapped', async () => {
    const id = await startGame(pair(), '0101010')
    const [one, other] = await Promise.all([rematch(as(ada), id), rematch(as(ben), id)])
    const made = one.rematch ?? other.rematch ?? ''
    expect((await readStored(id)).rematch).toBe(made)
    expect((await readStored(made)).seats.map(({ user }) => user.name)).toEqual(['ben', 'ada'])
    expect(await running.prisma.game.count()).toBe(2)
    for (const actor of pair()) expect((await rematch(actor, id)).rematch).toBe(made)
    expect(await running.prisma.notification.count({ where: { about: `game/${id}/rematch` } })).toBe(1)
  })

  test('a clock runs out while nobody asks, and whichever nodes look, once', async () => {
    const id = await startGame(pair(), '33', time)
    await age(id, 59)
    await watchGames()
    expect(await readStored(id)).toMatchObject({ state: 'playing' })
    await age(id, 2)
    await Promise.all([watchGames(), watchGames(), watchGames()])
    const over = await readStored(id)
    expect(over).toMatchObject({ state: 'over', ending: 'time', winner: 1 })
    expect(over.seats[0]?.left).toBe(0)
    expect(await readStandings(running.prisma)).toMatchObject([
      { user: { name: 'ben' }, won: 1, drawn: 0, lost: 0 },
      { user: { name: 'ada' }, won: 0, drawn: 0, lost: 1 },
    ])
  })

  test('a move that comes after one’s time ends the game, and is refused', async () => {
    const id = await startGame(pair(), '33', time)
    await age(id, 61)
    await expect(playMove(as(ada), id, { column: 3, number: 2 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'time', winner: 1, moves: '33' })
  })

  test('games of one person that end at once are all counted', async () => {
    const ids = [
      await startGame(pair(), '33'),
      await startGame([as(cleo), as(ada)], '33'),
      await startGame(pair(), '33'),
    ]
    await Promise.all([resign(as(ben), ids[0] ?? ''), resign(as(cleo), ids[1] ?? ''), resign(as(ada), ids[2] ?? '')])
    expect(await readStandings(running.prisma)).toMatchObject([
      { user: { name: 'ada' }, won: 2, lost: 1 },
      { user: { name: 'ben' }, won: 1, lost: 1 },
      { user: { name: 'cleo' }, won: 0, lost: 1 },
    ])
    expect((await readLobby(as(cleo), 'all')).games).toEqual([])
  })

  test('what was called off, or never taken, counts for nobody', async () => {
    const id = await startGame(pair(), '3')
    await age(id, 61)
    await watchGames()
    expect(await readStored(id)).toMatchObject({ ending: 'withdrawn', winner: null })
    const { id: open } = await challenge(as(ada), wish())
    await withdraw(as(ada), open)
    expect(await readStandings(running.prisma)).toEqual([])
    await playAll(pair(), await startGame(pair()), '010101101010232323323232454545545454666666')
    expect(await readStandings(running.prisma)).toMatchObject([{ drawn: 1 }, { drawn: 1 }])
  })
})
