import { setTimeout as wait } from 'node:timers/promises'
import { type ChatState, chat } from '#channels/chat'
import { chatFold } from '#components/chat/chat-fold.ts'
import { emptyChat } from '#components/chat/test-empty.ts'
import { CallRefused } from '#components/realtime/call'
import type { Connection } from '#components/realtime/connection'
import { newId } from '#components/realtime/new-id'
import { openRoom, type Room } from '#components/realtime/room'
import { Cable } from '#components/realtime/test-cable'
import { connectAs } from '#components/realtime/test-client'
import type { Random } from '#server/random'
import type { Started } from '#server/test-process'
import type { Ledger, Outcome } from './chaos-ledger'

/** For a state that holds no more than a screen would: the books are kept by the ledger. */
const newest: typeof chatFold = {
  pushes: { ...chatFold.pushes, posted: (state, message) => trim(chatFold.pushes.posted(state, message)) },
}

function trim(state: ChatState): ChatState {
  return { ...state, messages: state.messages.slice(-50) }
}

/** A client of ours, on a cable of its own, that reads some rooms and writes to them as a person in a hurry does. */
export class Client {
  private constructor(
    readonly cable: Cable,
    readonly connection: Connection,
    readonly rooms: Room<typeof chat>[],
  ) {}

  static async open(url: string, visitor: Started['visitors'][number], names: string[]): Promise<Client> {
    const cable = await Cable.to(url)
    const connection = connectAs(cable.url, visitor)
    return new Client(
      cable,
      connection,
      names.map((name) => openRoom(connection, chat, name, emptyChat(name), newest)),
    )
  }

  get joined(): boolean {
    return this.rooms.every(({ applied }) => applied !== undefined)
  }

  /** Once it has joined, and before anything happens. */
  keep(ledger: Ledger): void {
    for (const room of this.rooms) {
      const see = ledger.reader(room.name, room.applied ?? 0)
      room.watch((pushed) => pushed.seq !== undefined && see(pushed))
    }
  }

  /** Writes until it is told to end, and resolves when the last answer is there. */
  async write(ledger: Ledger, random: Random, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await wait(random.between(100, 1_100))
      const room = random.pick(this.rooms)
      if (random.next() < 0.3) room.hint('typing', {})
      const message = { id: newId(), body: draw(random) }
      // As by the button "send again": some give up, and then nobody knows whether it was stored.
      for (let tries = 0; tries < 3; tries++) {
        const outcome = await post(room, message)
        ledger.enter(message.id, outcome)
        if (outcome !== 'unanswered' || random.next() < 0.3) break
      }
    }
  }

  close(): void {
    this.connection.hangUp()
    this.cable.close()
  }
}

/** Mostly a line, sometimes the longest there may be, now and then one that is too long. */
function draw(random: Random): string {
  const length = random.next() < 0.9 ? random.between(1, 80) : random.pick([2_000, 2_001, 70_000])
  return 'x'.repeat(length)
}

/** Refusals after which the server may still have done it. */
const unsure = new Set<string>(['unavailable', 'internal'])

async function post(room: Room<typeof chat>, message: { id: string; body: string }): Promise<Outcome> {
  try {
    await room.call('post', message)
    return 'acknowledged'
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error
    return unsure.has(error.refused.code) ? 'unanswered' : 'refused'
  }
}
