import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelContract } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import type { Served } from '#server/realtime/serve'
import { until } from '#server/test-wait'
import type { Trial } from './test-trial'

/** What becomes of a frame of pushes on its way to the members of a room. */
export type Fault = (send: () => void, frame: { key: string; pushes: Pushed[] }) => void

/** The same trial, in which every frame of pushes that leaves the server meets with the fault. */
export function withFault<C extends ChannelContract, Operation>(
  trial: Trial<C, Operation>,
  fault: Fault,
): Trial<C, Operation> {
  return {
    ...trial,
    prepare: async (run) => {
      await trial.prepare?.(run)
      inject(fault)
    },
  }
}

const injected = new WeakMap<object, { fault: Fault }>()

/** In place of the one before: a server that was started again has none. */
export function inject(fault: Fault): void {
  const { adapter } = container().io.of('/')
  const present = injected.get(adapter)
  if (present) {
    present.fault = fault
    return
  }
  const current = { fault }
  injected.set(adapter, current)
  const broadcast = adapter.broadcast.bind(adapter)
  adapter.broadcast = (packet: { data: [event: string, frame: PushFrame] }, options) => {
    const [event, { room, pushes }] = packet.data
    const send = () => broadcast(packet, options)
    if (event.endsWith(':push')) current.fault(send, { key: `${event.slice(0, -':push'.length)}/${room}`, pushes })
    else send()
  }
}

/** How many calls are being carried out. */
let calls = 0

/** Waits until no call is carried out any more: one that was given up goes on when its tab has left. */
export async function callsEnded(): Promise<void> {
  await until(() => calls === 0)
}

/**
 * The same channel, whose answers to a join take up to 20 ms longer at two places, so that others overtake it; its calls
 * are counted.
 */
export function slowed(served: Served): Served {
  let count = 0
  const late = () => wait((count++ * 7) % 20)
  return {
    ...served,
    authorize: async (context) => {
      await late()
      await served.authorize(context)
    },
    state: async (context) => {
      await late()
      return served.state(context)
    },
    call: async (...asked) => {
      calls += 1
      try {
        return await served.call(...asked)
      } finally {
        calls -= 1
      }
    },
  }
}
