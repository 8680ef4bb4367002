import { existsSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ChatState, chat, type Message } from '#channels/chat'
import { chatTrial } from '#components/chat/test-trial.ts'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { serveChat } from '#server/features/chat'
import type { Served } from '#server/realtime/serve'
import { startTestServer, type TestServer } from '#server/test-server'
import { expectEquivalence } from './test-equivalence'
import { type Fault, inject, withFault } from './test-faults'
import { gaugeTrial, serveGauges } from './test-gauges'

let forgetting = false
const forgetful: Served = {
  ...serveChat,
  call: (name, context, input) => (forgetting && name === 'post' ? storeAlone : serveChat.call)(name, context, input),
}

/** Stores a message, and tells nobody. */
const storeAlone: Served['call'] = async (_, { session: { user }, room }, input) => {
  const { id, body } = chat.calls.post.input.parse(input)
  const at = new Date()
  const { chatRoom, message } = container().database.prisma
  const { lastNumber: number } = await chatRoom.update({
    where: { key: room },
    data: { lastNumber: { increment: 1 } },
  })
  await message.create({ data: { id, roomKey: room, number, authorId: user.id, body, at } })
  const untouched = { version: 0, replyTo: null, editedAt: null, deletedAt: null, reactions: [] }
  return { ...untouched, id, number, author: { id: user.id, name: user.name }, body, at: at.getTime() }
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: [forgetful, serveGauges] })
})
afterEach(() => {
  forgetting = false
  inject((send) => send())
})
afterAll(() => server.stop())

const few = { runs: 3 }
const lossy = { ...few, lossy: true }
const hasty = { ...few, restWithin: 1_000 }
const otherState = /what \w+ holds of chat\/[\w-]+ is not what is loaded afresh/

describe('it fails', () => {
  test('where a reducer adds what is there already', async () => {
    const post = (state: ChatState, message: Message) => ({ ...state, messages: [...state.messages, message] })
    const trial = { ...chatTrial, fold: { ...chatTrial.fold, outputs: { post } } }
    await expect(expectEquivalence(server, trial, few)).rejects.toThrow(otherState)
  }, 60_000)

  test('where a reducer leaves out what came', async () => {
    const trial = {
      ...chatTrial,
      fold: { pushes: { ...chatTrial.fold.pushes, posted: (state: ChatState) => state } },
    }
    await expect(expectEquivalence(server, trial, few)).rejects.toThrow(otherState)
  }, 60_000)

  test('where a change is stored and not published', async () => {
    forgetting = true
    await expect(expectEquivalence(server, chatTrial, few)).rejects.toThrow(otherState)
  }, 60_000)

  test('where a push was dropped, though it was had in the end', async () => {
    await expect(expectEquivalence(server, withFault(chatTrial, everyThird(drop)), few)).rejects.toThrow(
      /had to ask again for what was missing|Not everybody got there/,
    )
  }, 60_000)

  test('where a push that was dropped cannot be had again, though the states agree', async () => {
    const lose: Fault = (_, { key, pushes }) => {
      const seq = { in: pushes.map(({ seq = 0 }) => seq) }
      const { logEntry } = container().database.prisma
      void logEntry.deleteMany({ where: { room: key, seq } }).then()
    }
    await expect(expectEquivalence(server, withFault(chatTrial, everyThird(lose)), lossy)).rejects.toThrow(
      /\w+ in chat\/[\w-]+ was to see the pushes [\d ]+ and saw/,
    )
  }, 60_000)

  test('where nobody finds out that a push was dropped', async () => {
    await expect(expectEquivalence(server, withFault(chatTrial, drop), hasty)).rejects.toThrow(
      /Not everybody got there: .* at \d+ of \d+/,
    )
  }, 60_000)

  test('where the newest of a value does not arrive', async () => {
    await expect(expectEquivalence(server, withFault(gaugeTrial, drop), { ...hasty, runs: 30 })).rejects.toThrow(
      /is not what is loaded afresh: its newest values/,
    )
  }, 60_000)

  test('where what was acknowledged is not in the log', async () => {
    const operate: typeof chatTrial.operate = async (...given) =>
      (await chatTrial.operate(...given)).map((caused) =>
        caused.push === 'posted' ? { ...caused, data: { ...caused.data, body: 'another' } } : caused,
      )
    await expect(expectEquivalence(server, { ...chatTrial, operate }, few)).rejects.toThrow(
      /was acknowledged, and is not in the log once/,
    )
  }, 60_000)
})

test('it passes where the newest values arrive', async () => {
  const { granted } = await expectEquivalence(server, gaugeTrial, few)
  expect(granted).toBeGreaterThan(10)
}, 60_000)

describe('it passes, because the client mends it,', () => {
  test('where pushes come twice', async () => {
    const twice: Fault = (send) => {
      send()
      send()
    }
    await expectEquivalence(server, withFault(chatTrial, twice), few)
  }, 60_000)

  test('where pushes overtake each other', async () => {
    const late: Fault = (send) => void setTimeout(send, 30)
    await expectEquivalence(server, withFault(chatTrial, everyThird(late)), lossy)
  }, 60_000)

  test('where pushes are dropped that are in the log', async () => {
    await expectEquivalence(server, withFault(chatTrial, everyThird(drop)), lossy)
  }, 60_000)
})

test('every channel there is has its equivalence test', () => {
  const names = features.map(({ channel }) => channel.name)
  const testOf = (name: string) => new URL(`../${name}/equivalence.test.ts`, import.meta.url)
  const tested = (name: string) =>
    existsSync(testOf(name)) && readFileSync(testOf(name), 'utf8').includes('expectEquivalence(server')
  expect(names.filter((name) => !tested(name))).toEqual([])
})

const drop: Fault = () => {}

function everyThird(fault: Fault): Fault {
  let count = 0
  return (send, frame) => (++count % 3 === 0 ? fault(send, frame) : send())
}
