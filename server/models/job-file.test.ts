import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#server/db/transaction'
import { sizes } from '#server/test-sizes'
import { appendPiece, finishFile, listFiles, openFile, readFile, removeFile } from './job-file'

describe.each(sizes)('on the database in size $size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let ownerId: string
  let jobId: string

  beforeAll(async () => {
    running = await open({ demoOrders: 0 })
    const owner = await running.prisma.user.create({ data: { name: 'files', passwordHash: 'none' } })
    ownerId = owner.id
    const data = { kind: 'report', title: 'A report', visibility: 'own', ownerId, input: {} } as const
    jobId = (await running.prisma.job.create({ data })).id
  })
  afterAll(() => running.close())

  const bytesOf = async (id: string, from?: number) => {
    const pieces: Uint8Array[] = []
    for await (const piece of readFile(id, from)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  test('what is rolled back is not in the file, and a piece that is written again takes the old one’s place', async () => {
    const { id } = await openFile({ ownerId, jobId, name: 'a.bin', type: 'application/octet-stream' })
    const [first, second, third] = [randomBytes(70_000), Buffer.from([0, 255, 10, 13]), randomBytes(5)]
    await appendPiece(running.prisma, id, 0, randomBytes(9))
    const failed = transaction(async (tx) => {
      await appendPiece(tx, id, 1, third)
      throw new Error('The step failed.')
    })
    await expect(failed).rejects.toThrow('The step failed.')
    await appendPiece(running.prisma, id, 0, first)
    await transaction((tx) => appendPiece(tx, id, 1, second))
    expect(await listFiles(jobId), 'one that is not whole').toEqual([])
    const whole = Buffer.concat([first, second])
    const sha256 = createHash('sha256').update(whole).digest('hex')
    expect(await finishFile(id)).toEqual({ sha256, bytes: whole.length })
    expect(await listFiles(jobId)).toMatchObject([{ id, name: 'a.bin', bytes: whole.length, sha256 }])
    expect((await bytesOf(id)).equals(whole)).toBe(true)
    expect((await bytesOf(id, 1)).equals(second)).toBe(true)
    await removeFile(id)
    expect(await bytesOf(id)).toHaveLength(0)
  })
})
