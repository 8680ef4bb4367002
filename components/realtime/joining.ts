import type { Socket } from 'socket.io-client'
import type { ChannelContract } from '#channels/contract'
import { type JoinReply, joinReply, type Position } from '#channels/wire'

/** No answer to a join by then is none, in milliseconds. */
const answerWithin = 10_000

interface JoiningRoom {
  readonly connection: { readonly socket: Socket }
  readonly channel: ChannelContract
  readonly name: string
  readonly position: Position
}

/**
 * Asks to join a room: one question at a time, and one wait for the next, however often it is wanted.
 * (In a busy room every push would otherwise put the question off.)
 */
export class Joining {
  /** Counts what makes the answer to an earlier question worthless. */
  #attempt = 0
  #asking = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * `answered` hears what still counts, or nothing when there was no answer; in the turn in which it came: pushes may
   * follow the answer in the same turn, and come after what it says.
   */
  constructor(
    private readonly room: JoiningRoom,
    private readonly answered: (reply: JoinReply | undefined) => void,
  ) {}

  now(): void {
    this.forget()
    const attempt = this.#attempt
    this.#asking = true
    this.#ask((reply) => {
      if (attempt !== this.#attempt) return
      this.#asking = false
      this.answered(reply)
    })
  }

  /** Asks after `wait` milliseconds, unless it is asking or waiting already. */
  later(wait: number): void {
    if (this.#asking || this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.now(), wait)
  }

  /** What was waited for has come: nothing to ask. */
  stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** The line was cut or the room left: neither ask nor hear an answer. */
  forget(): void {
    this.#attempt++
    this.#asking = false
    this.stopWaiting()
  }
  #ask(answer: (reply: JoinReply | undefined) => void): void {
    const { connection, channel, name, position } = this.room
    // Not by a promise, which tells a turn later. Without an answer, or when the line was cut, the next connection joins again.
    const acknowledged = (error: Error | null, reply: unknown) =>
      answer(error ? undefined : joinReply.safeParse(reply).data)
    connection.socket.timeout(answerWithin).emit(`${channel.name}:join`, { room: name, position }, acknowledged)
  }
}
