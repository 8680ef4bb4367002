import { setTimeout as wait } from 'node:timers/promises'
import { type ChannelContract, roomKey, type StateOf } from '#channels/contract'
import { type FirstPaint, joinReply, type Pushed } from '#channels/wire'
import type { LiveSession } from '#server/models/session'
import type { TestServer, Visitor } from '#server/test-server'
import type { Connection } from './connection'
import { type Fold, parseState } from './fold'
import { openRoom, type Room } from './room'
import { Cable } from './test-cable'
import { connectAs } from './test-client'

/** A room as a tab showed it once, from entering it to leaving it. */
export interface Visit<C extends ChannelContract> {
  room: Room<C>
  /** The number before the first push it must see; unknown where the state came with the join. */
  from: number | undefined
  /** The stream pushes it saw, in the order it saw them. */
  seen: Pushed[]
  over: boolean
  leave(): void
}

interface Opening<C extends ChannelContract> {
  server: TestServer
  visitor: Visitor
  channel: C
  fold: Fold<C>
  sayAliveEvery: number
}

/** For tests: a person's tab, on a cable of its own that can be cut, with every visit it pays to a room. */
export class Tab<C extends ChannelContract> {
  readonly visits: Visit<C>[] = []
  /** How often it asked to join where it had joined: it missed something, and mended it. */
  mended = 0

  private constructor(
    private readonly opening: Opening<C>,
    private readonly cable: Cable,
    readonly connection: Connection,
  ) {
    connection.socket.onAnyOutgoing((event: string, { room }: { room: string }) => {
      const { channel } = opening
      const joined = connection.room(roomKey(channel, room))?.applied !== undefined
      if (event === `${channel.name}:join` && joined) this.mended++
    })
  }

  static async open<C extends ChannelContract>(opening: Opening<C>): Promise<Tab<C>> {
    const cable = await Cable.to(opening.server.url)
    const { visitor, sayAliveEvery } = opening
    return new Tab(opening, cable, connectAs(cable.url, visitor, { sayAliveEvery }))
  }

  get user(): LiveSession['user'] {
    return this.opening.visitor.session.user
  }

  /** The rooms it shows now. */
  get present(): Visit<C>[] {
    return this.visits.filter(({ over }) => !over)
  }

  room(name: string): Room<C> {
    const found = this.present.find(({ room }) => room.name === name)
    if (!found) throw new Error(`The tab is not in ${name}.`)
    return found.room
  }

  /** Shows a room, and joins it from the position of what the server rendered. */
  enter(name: string, initial: FirstPaint<StateOf<C>>): void {
    const { channel, fold } = this.opening
    const before = this.connection.room(roomKey(channel, name))
    const room = openRoom(this.connection, channel, name, initial, fold)
    const from = before === room || initial.position.epoch === '' ? undefined : initial.position.seq
    const seen: Pushed[] = []
    const unwatch = room.watch((pushed) => pushed.seq !== undefined && seen.push(pushed))
    const leave = () => {
      visit.over = true
      unwatch()
      room.exit()
    }
    const visit = { room, from, seen, over: false, leave }
    this.visits.push(visit)
  }

  /** Leaves what it shows and enters it again, `after` so many milliseconds. */
  async enterAgain({ after, placed }: { after: number; placed: boolean }): Promise<void> {
    const visits = this.present
    const paints = visits.map(async ({ room: { name } }) => ({ name, initial: await this.paint(name, placed) }))
    const painted = await Promise.all(paints)
    for (const visit of visits) visit.leave()
    // Without a wait it is one turn, as when a page replaces another that shows the same room.
    if (after > 0) await wait(after)
    for (const { name, initial } of painted) this.enter(name, initial)
  }

  cut(how: 'reset' | 'close'): void {
    if (how === 'reset') this.cable.cut()
    else this.connection.cut()
  }

  /** Hears nothing for so many milliseconds. */
  async hold(milliseconds: number): Promise<void> {
    this.cable.hold()
    await wait(milliseconds)
    this.cable.flow()
  }

  close(): void {
    this.connection.hangUp()
    this.cable.close()
  }

  /** What the server would render for this person, asked for on a socket of its own; without `placed` from nowhere. */
  async paint(name: string, placed: boolean): Promise<FirstPaint<StateOf<C>>> {
    const { server, visitor, channel } = this.opening
    const socket = await server.connect(visitor)
    const reply = joinReply.parse(await socket.emitWithAck(`${channel.name}:join`, { room: name }))
    socket.disconnect()
    if (!reply.ok || !('state' in reply)) throw new Error(`No first paint of ${roomKey(channel, name)}.`)
    const position = placed ? reply.position : { epoch: '', seq: 0 }
    return { ...reply, position, state: parseState(channel, reply.state) }
  }
}
