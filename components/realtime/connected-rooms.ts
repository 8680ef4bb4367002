import { type ChannelContract, roomKey } from '#channels/contract'
import { type AliveRequest, type Left, left, type Pushed, pushFrame } from '#channels/wire'
import type { ConnectionStatus } from './connection'

/** A room as its connection sees it. */
export interface ConnectedRoom {
  readonly channel: ChannelContract
  readonly name: string
  /** The number of the last stream push it applied; undefined while it has not joined. */
  readonly applied: number | undefined
  receive(pushes: Pushed[]): void
  /** The log has come as far as `seq`: what is missing may still be on its way, or was lost. */
  catchUpTo(seq: number): void
  connectionChanged(status: ConnectionStatus): void
  /** The server has taken this client out of the room. */
  expelled(left: Left): void
  /** Another person, in what they may do: what was denied may be open now. */
  personChanged(): void
}

/** The rooms of one connection, each under its key. */
export class ConnectedRooms extends Map<string, ConnectedRoom> {
  add(room: ConnectedRoom): void {
    this.set(roomKey(room.channel, room.name), room)
  }

  /** Hands on what is for a room; what is for none, or is nothing of ours, is passed over. */
  receive(event: string, frame: unknown): void {
    const [channel, what] = event.split(':')
    if (what === 'push') {
      const { success, data } = pushFrame.safeParse(frame)
      if (success) this.get(`${channel}/${data.room}`)?.receive(data.pushes)
    } else if (what === 'left') {
      const { success, data } = left.safeParse(frame)
      if (success) this.get(`${channel}/${data.room}`)?.expelled(data)
    }
  }

  /** How far each joined room has come. */
  applied(): AliveRequest {
    const seqs: AliveRequest = {}
    for (const [key, { applied }] of this) if (applied !== undefined) seqs[key] = applied
    return seqs
  }
}
