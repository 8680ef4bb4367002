import { z } from 'zod'
import type { SessionPolicy } from '#channels/session'
import type { ListedUser } from '#channels/user'
import { container } from '#server/container'
import { alive, type LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

/** By name. Admins only. */
export async function listUsers(actor: LiveSession['user']): Promise<ListedUser[]> {
  requireAdminRole(actor)
  const users = await container().database.prisma.user.findMany({ orderBy: { name: 'asc' }, select: row() })
  return users.map(fromRow)
}

/** Null when there is no such person. Admins only. */
export async function findUser(actor: LiveSession['user'], id: string): Promise<ListedUser | null> {
  requireAdminRole(actor)
  if (!z.uuid().safeParse(id).success) return null
  const user = await container().database.prisma.user.findUnique({ where: { id }, select: row() })
  return user && fromRow(user)
}

function requireAdminRole({ role }: LiveSession['user']): void {
  if (role !== 'admin') refuse('forbidden', 'Only an admin may see who there is.')
}

function row() {
  return {
    id: true,
    name: true,
    role: true,
    disabledAt: true,
    sessionPolicy: true,
    _count: { select: { sessions: { where: alive() } } },
  }
}

interface Row extends Pick<ListedUser, 'id' | 'name' | 'role'> {
  disabledAt: Date | null
  sessionPolicy: SessionPolicy | null
  _count: { sessions: number }
}

function fromRow({ id, name, role, disabledAt, sessionPolicy, _count }: Row): ListedUser {
  const disabled = disabledAt?.getTime() ?? null
  return { id, name, role, disabledAt: disabled, policy: sessionPolicy, sessions: disabled ? 0 : _count.sessions }
}
