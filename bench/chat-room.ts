import { randomUUID } from 'node:crypto'
import { seedDemonstrationPeople } from '#prisma/seed'
import { container } from '#server/container'
import { createChatRooms } from '#server/models/chat-room-import'
import { postMessage, readChat, readPage } from '#server/models/message'
import { fillChatRoom } from '#server/models/message-import'
import { react } from '#server/models/message-reaction'
import { searchMessages } from '#server/models/message-search'
import { sizes } from '#server/test-sizes'

/**
 * Shows how long it takes to read, search and write in a chat room of 100,000 messages, on both sizes of the database.
 *
 *   npm run bench -- bench/chat-room.ts
 */
const count = 100_000
const times = 50
const key = 'long'

function show(what: string, took: number[]): void {
  const sorted = [...took].sort((one, other) => one - other)
  const at = (share: number) => `${sorted[Math.floor(sorted.length * share)]?.toFixed(1)} ms`
  process.stdout.write(`  ${what.padEnd(44)} p50 ${at(0.5)}, p99 ${at(0.99)}\n`)
}

async function measure(what: string, work: (nth: number) => Promise<unknown>, runs = times): Promise<void> {
  const took: number[] = []
  for (let nth = 0; nth < runs; nth++) {
    const begun = performance.now()
    await work(nth)
    took.push(performance.now() - begun)
  }
  show(what, took)
}

for (const { size, open } of sizes) {
  const opened = await open()
  await seedDemonstrationPeople()
  const ben = await container().database.prisma.user.findUniqueOrThrow({ where: { name: 'ben' } })
  await createChatRooms([{ key, title: key, topic: '' }])
  process.stdout.write(`${size}, ${count.toLocaleString('en')} messages\n`)
  await measure('filled, by one statement', () => fillChatRoom(key, 'ben', count), 1)
  await measure('the newest page', () => readChat(ben, key))
  const from = (nth: number) => 1 + Math.floor((nth * (count - 100)) / times)
  await measure('100 messages anywhere', (nth) => readPage(ben, key, { from: from(nth), to: from(nth) + 99 }))
  await measure('a post', () => postMessage(ben, key, { id: randomUUID(), body: 'one more' }))
  const { messages } = await readChat(ben, key)
  await measure('a reaction', (nth) =>
    react(ben, key, { id: messages[nth % messages.length]?.id ?? '', emoji: '👍', on: nth < times / 2 }),
  )
  await measure(
    'a search for what one message has',
    (nth) => searchMessages(ben, { text: `line ${12_345 + nth} log` }),
    20,
  )
  await measure('a search for what 1,000 have', (nth) => searchMessages(ben, { text: `place ${nth} pallet` }), 20)
  await measure('a search for what all have', () => searchMessages(ben, { text: 'log' }), 5)
  await opened.close()
}
