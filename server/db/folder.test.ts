import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from './folder'

test.runIf(existsSync('/proc/self'))('where nothing can be made it fails, and does not try for ever', async () => {
  await expect(makeFolder('/proc/switchboard/data')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('makes what is missing, for this user alone, and leaves what is there', async () => {
  const place = await mkdtemp(join(tmpdir(), 'switchboard-folder-'))
  const folder = join(place, 'one', 'two')
  await makeFolder(folder)
  await makeFolder(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await rm(place, { recursive: true })
})
