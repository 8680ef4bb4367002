import {
  type Grouping,
  type MonitoredSocket,
  pageLength,
  type SocketGroup,
  type SocketPage,
  type SocketQuery,
} from '#channels/monitor'
import { namesOf } from '#server/models/user-name'
import { socketService } from '#server/sockets/socket-service'

/** However many look, the sockets of all nodes are listed once in so many milliseconds on each node. */
const listEvery = 250

let listed: { at: number; sockets: Promise<MonitoredSocket[]> } | undefined

/** One page of the sockets of all nodes that match, or of their groups. */
export async function pageOf({ group, page, ...filter }: SocketQuery): Promise<SocketPage> {
  const matching = (await listAll()).filter((socket) => matches(socket, filter))
  const groups = group === 'none' ? [] : groupsOf(matching, group)
  const shown = group === 'none' ? matching.length : groups.length
  const pages = Math.max(1, Math.ceil(shown / pageLength))
  // What was on the last page may be gone.
  const within = Math.min(page, pages - 1)
  const slice = [within * pageLength, (within + 1) * pageLength] as const
  return {
    sockets: group === 'none' ? matching.slice(...slice) : [],
    groups: groups.slice(...slice),
    total: matching.length,
    page: within,
    pages,
  }
}

function listAll(): Promise<MonitoredSocket[]> {
  const now = performance.now()
  if (!listed || now - listed.at > listEvery) listed = { at: now, sockets: read() }
  return listed.sockets
}

async function read(): Promise<MonitoredSocket[]> {
  const connections = await socketService.list()
  const names = await namesOf(connections.flatMap(({ userId }) => userId ?? []))
  return connections.map(({ nodeId, sessionId, userId, ...rest }) => ({
    ...rest,
    node: nodeId,
    session: sessionId,
    person: userId === null ? null : { id: userId, name: names.get(userId) ?? 'removed' },
  }))
}

function matches(socket: MonitoredSocket, { person, session, path, node, channel }: Partial<SocketQuery>): boolean {
  if (person && !socket.person?.name.toLowerCase().includes(person.toLowerCase())) return false
  if (session && socket.session !== session) return false
  if (path && socket.path !== path) return false
  if (node && socket.node !== node) return false
  return !channel || channelsOf(socket).has(channel)
}

/** The largest first. A socket with rooms of several channels is in the group of each. */
function groupsOf(sockets: MonitoredSocket[], by: Exclude<Grouping, 'none'>): SocketGroup[] {
  const groups = new Map<string | null, SocketGroup>()
  for (const socket of sockets) {
    for (const { key, label } of placesOf(socket, by)) {
      const before = groups.get(key)?.sockets ?? 0
      groups.set(key, { key, label, sockets: before + 1 })
    }
  }
  return [...groups.values()].toSorted((a, b) => b.sockets - a.sockets || a.label.localeCompare(b.label))
}

function placesOf(socket: MonitoredSocket, by: Exclude<Grouping, 'none'>): Omit<SocketGroup, 'sockets'>[] {
  const { person, session, path, node } = socket
  const nobody = { key: null, label: 'Nobody signed in' }
  if (by === 'person') return [person ? { key: person.name, label: person.name } : nobody]
  if (by === 'session') return [session ? { key: session, label: `${person?.name}, ${session.slice(-8)}` } : nobody]
  if (by === 'path') return [{ key: path, label: path }]
  if (by === 'node') return [{ key: node, label: node.slice(0, 8) }]
  return Array.from(channelsOf(socket), (channel) => ({ key: channel, label: channel }))
}

function channelsOf({ rooms }: MonitoredSocket): Set<string> {
  return new Set(rooms.map((key) => key.slice(0, key.indexOf('/'))))
}
