import { expect, test } from 'vitest'
import { endpointsFolder, findEndpoints } from '#server/sockets/find-endpoints'
import { apiScopes, keyRequest } from './api-key'

test('a request without a name, a use or a term there is says which', () => {
  const { error } = keyRequest.safeParse({ name: ' ', scopes: [], days: 31 })
  expect(error?.issues.map(({ path }) => path[0])).toEqual(['name', 'scopes', 'days'])
})

test('whatever an endpoint asks a key for can be chosen in the form', async () => {
  const asked = (await findEndpoints(endpointsFolder)).flatMap(({ scope }) => scope ?? [])
  expect(asked.length).toBeGreaterThan(0)
  for (const scope of asked) expect(apiScopes.map((one) => one.scope)).toContain(scope)
})
