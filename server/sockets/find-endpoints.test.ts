import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endpointsFolder, findEndpoints } from './find-endpoints'
import { createSockets, startSockets } from './sockets'

let path: string
let folder: URL

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'switchboard-endpoints-'))
  folder = pathToFileURL(`${path}/`)
})
afterEach(() => rm(path, { recursive: true, force: true }))

const declare = (file: string, source: string) => writeFile(join(path, file), source)

describe('refused, naming the file and what is wrong', () => {
  test.each([
    ['nothing exported', 'export const endpoint = 1', 'it: '],
    ['no description', "export default { endpoint: 'a', handler: {} }", 'description: '],
    ['an empty description', "export default { endpoint: 'a', description: '', handler: {} }", 'description: '],
    ['no handler', "export default { endpoint: 'a', description: 'b' }", 'handler: '],
    [
      'a callback that is none',
      "export default { endpoint: 'a', description: 'b', handler: { onMessage: 'echo' } }",
      'handler: ',
    ],
    [
      'a misspelt callback',
      "export default { endpoint: 'a', description: 'b', handler: { onmessage() {} } }",
      'handler: ',
    ],
    [
      'an unknown authentication',
      "export default { endpoint: 'a', description: 'b', handler: {}, authenticate: 'none' }",
      'authenticate: ',
    ],
    [
      'a misspelt field',
      "export default { endpoint: 'a', description: 'b', handler: {}, authentication: 'public' }",
      'authentication',
    ],
    [
      'a transcoder that is none',
      "export default { endpoint: 'a', description: 'b', handler: {}, transcoder: {} }",
      'transcoder: ',
    ],
    [
      'a limit that is none',
      "export default { endpoint: 'a', description: 'b', handler: {}, maxMessageBytes: 0 }",
      'maxMessageBytes: ',
    ],
  ])('%s', async (_, source, what) => {
    await declare('wrong.ts', source)
    await expect(findEndpoints(folder)).rejects.toThrow(/^wrong\.ts declares no endpoint: /)
    await expect(findEndpoints(folder)).rejects.toThrow(what)
  })

  test('at the start: a reserved name, and one that two files have', async () => {
    const start = () => startSockets(createSockets(), folder)
    await declare('reserved.ts', "export default { endpoint: 'xas', description: 'b', handler: {} }")
    await expect(start()).rejects.toThrow('Endpoint "xas": the name "xas" is reserved.')
    await rm(join(path, 'reserved.ts'))
    await declare('one.ts', "export default { endpoint: 'orders', description: 'b', handler: {} }")
    await declare('two.ts', "export default { endpoint: 'orders', description: 'c', handler: {} }")
    await expect(start()).rejects.toThrow('Endpoint "orders": the name is taken.')
  })
})

test('finds the files in order of their names, and passes over tests and what is no TypeScript', async () => {
  await declare('b.ts', "export default { endpoint: 'first', description: 'b', handler: {} }")
  await declare('a.ts', "export default { endpoint: 'second', description: 'a', handler: { onOpen() {} } }")
  await declare('a.test.ts', 'throw new Error()')
  await declare('a.md', '# no endpoint')
  expect((await findEndpoints(folder)).map(({ endpoint }) => endpoint)).toEqual(['second', 'first'])
})

test('our own are all found', async () => {
  expect((await findEndpoints(endpointsFolder)).map(({ endpoint }) => endpoint)).toContain('my-endpoint')
})
