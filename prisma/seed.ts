import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import { hashPassword } from '#server/auth/password'
import { container } from '#server/container'
import type { Environment } from '#server/env'
import { createChatRooms } from '#server/models/chat-room-import'
import { importMessages } from '#server/models/message-import'
import { createSeries } from '#server/models/number-series'
import { directKey } from '#server/models/room-open'
import { importWorkshop } from '#server/models/workshop-import'
import { sampleConversation, sampleDirect } from './sample-conversation'
import { sampleCustomers, sampleProducts } from './sample-workshop'
import { firstSeries } from './series'

/** Runs at every start; what is there already stays as it is. */
export async function seed({ demo, demoOrders }: Environment): Promise<void> {
  await createChatRooms([{ key: 'general', title: 'general', topic: 'What concerns everyone.' }])
  await createSeries(firstSeries)
  if (!demo) return
  await seedDemonstrationPeople()
  await createChatRooms([
    { key: 'orders', title: 'orders', topic: 'Customers, changes and delivery dates.' },
    { key: 'hall-2', title: 'hall-2', topic: 'Machines and stock in hall 2.' },
  ])
  const { user } = container().database.prisma
  const [ada, dora] = await Promise.all(['ada', 'dora'].map((name) => user.findUniqueOrThrow({ where: { name } })))
  const direct = ada && dora ? directKey(ada.id, dora.id) : ''
  await createChatRooms([
    { key: 'planning', kind: 'private', title: 'planning', topic: 'What comes next.', members: ['ada', 'dora'] },
    { key: direct, kind: 'direct', title: '', topic: '', members: ['ada', 'dora'] },
  ])
  await importMessages([...sampleConversation, ...sampleDirect.map((line) => ({ ...line, room: direct }))])
  await importWorkshop({
    products: sampleProducts,
    customers: sampleCustomers,
    orders: demoOrders,
  })
}

/** For the demonstration alone; those who are there already stay as they are. */
export async function seedDemonstrationPeople(): Promise<void> {
  const { user } = container().database.prisma
  const names = demonstrationPeople.map(({ name }) => name)
  if ((await user.count({ where: { name: { in: names } } })) === names.length) return
  const people = demonstrationPeople.map(async (person) => ({
    ...person,
    passwordHash: await hashPassword(demonstrationPassword),
  }))
  await user.createMany({ data: await Promise.all(people), skipDuplicates: true })
}
