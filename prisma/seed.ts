import { demonstrationPassword, demonstrationPeople } from '#server/auth/demonstration'
import { hashPassword } from '#server/auth/password'
import { container } from '#server/container'
import type { Environment } from '#server/env'
import { createChatRooms } from '#server/models/chat-room'
import { importMessages } from '#server/models/message'
import { sampleConversation } from './sample-conversation'

/** Runs at every start; what is there already stays as it is. */
export async function seed({ demo }: Environment): Promise<void> {
  await createChatRooms([{ key: 'general', title: 'general', topic: 'What concerns everyone.' }])
  if (!demo) return
  await seedDemonstrationPeople()
  await createChatRooms([
    { key: 'orders', title: 'orders', topic: 'Customers, changes and delivery dates.' },
    { key: 'hall-2', title: 'hall-2', topic: 'Machines and stock in hall 2.' },
  ])
  await importMessages(sampleConversation)
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
