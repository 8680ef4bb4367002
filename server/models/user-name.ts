import { container } from '#server/container'

/** The names of these people, by id. */
export async function namesOf(ids: Iterable<string>): Promise<Map<string, string>> {
  const people = await container().database.prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
