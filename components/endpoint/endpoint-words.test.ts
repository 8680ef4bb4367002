import { expect, test } from 'vitest'
import { browserSnippet, wscatCommand } from './endpoint-words.ts'

const origin = 'https://switchboard.example'

test('a page can open no endpoint that asks for a key', () => {
  expect(browserSnippet({ path: '/ws/device', authenticate: 'api-key' }, origin)).toBeUndefined()
})

test('behind TLS the line has it too', () => {
  expect(wscatCommand({ path: '/ws/time', authenticate: 'public' }, origin)).toBe(
    'npx wscat -c wss://switchboard.example/ws/time',
  )
  expect(browserSnippet({ path: '/ws/time', authenticate: 'public' }, origin)).toContain(
    "new WebSocket('wss://switchboard.example/ws/time')",
  )
})

test('whoever is signed in shows their cookie, their token and where they come from', () => {
  const command = wscatCommand({ path: '/ws/echo', authenticate: 'session' }, origin)
  expect(command.split('\n').at(-1)).toBe(
    'npx wscat -c "wss://switchboard.example/ws/echo?session=$TOKEN" -o https://switchboard.example -H "Cookie: $COOKIE"',
  )
})
