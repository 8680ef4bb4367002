import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { UserRef } from '#channels/user'
import { container } from '#server/container'
import { defineNodeMessage } from '#server/realtime/node-messages'
import type { Frame } from '#server/sockets/transcoder'
import { frames } from '#server/sockets/transcoders/frames'
import { showClient } from './client-board'
import { createWebsocket, getClient } from './clients'
import { Traffic } from './traffic'
import type { WebsocketClient } from './websocket-client'

/** How long another node may take to answer, in milliseconds. */
const answerWithin = 2_000

/** `full`: the line did not take it, and too much waits already. `silent`: the node that holds the client said nothing. */
const outcome = z.enum(['sent', 'queued', 'full', 'silent'])
type Outcome = z.infer<typeof outcome>

const closeAsked = defineNodeMessage('outbound-close', z.object({ id: z.uuid() }))
const sendAsked = defineNodeMessage('outbound-send', z.object({ id: z.uuid(), asked: z.uuid(), text: z.string() }))
const sendAnswered = defineNodeMessage('outbound-sent', z.object({ asked: z.uuid(), outcome }))

interface Operated {
  client: WebsocketClient<Frame>
  traffic: Traffic
}

/** The outbound sockets that people have opened, with what went through each of late; those of other nodes are asked for. */
export class OperatedClients {
  readonly #open = new Map<string, Operated>()
  readonly #asked = new Map<string, (outcome: Outcome) => void>()

  /** Once the container is filled: hears the other nodes. */
  start(): void {
    const { nodeMessages } = container()
    nodeMessages.listen(closeAsked, ({ id }) => getClient(id)?.close())
    nodeMessages.listen(sendAsked, ({ id, asked, text }) => {
      const operated = this.#open.get(id)
      if (!operated) return
      void send(operated, text).then((outcome) => nodeMessages.tell(sendAnswered, { asked, outcome }))
    })
    nodeMessages.listen(sendAnswered, ({ asked, outcome }) => this.#asked.get(asked)?.(outcome))
  }

  /** Refuses as `createWebsocket` does. */
  open(uri: string, openedBy: UserRef): WebsocketClient<Frame> {
    const traffic = new Traffic()
    const onMessage = (frame: Frame, { id }: WebsocketClient<Frame>) => traffic.add(id, 'in', frame)
    const client = createWebsocket<Frame, Frame>(uri, { onMessage }, { transcoder: frames, openedBy })
    this.#open.set(client.id, { client, traffic })
    client.subscribe(({ state }) => {
      if (state === 'closed') this.#open.delete(client.id)
    })
    return client
  }

  async send(id: string, text: string): Promise<Outcome> {
    const operated = this.#open.get(id)
    if (operated) return send(operated, text)
    const asked = randomUUID()
    const answer = new Promise<Outcome>((resolve) => {
      const late = setTimeout(() => resolve('silent'), answerWithin).unref()
      this.#asked.set(asked, (outcome) => {
        clearTimeout(late)
        resolve(outcome)
      })
    })
    container().nodeMessages.tell(sendAsked, { id, asked, text })
    return answer.finally(() => this.#asked.delete(asked))
  }

  /** On whichever node it is. */
  close(id: string): void {
    container().nodeMessages.tell(closeAsked, { id })
  }
}

async function send({ client, traffic }: Operated, text: string): Promise<Outcome> {
  const before = client.queued
  const taken = client.send(text).then((taken) => {
    if (taken) traffic.add(client.id, 'out', text)
    return taken
  })
  if (client.queued === before) return (await taken) ? 'sent' : 'full'
  showClient(client)
  return 'queued'
}
