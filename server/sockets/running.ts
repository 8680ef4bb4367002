import type { AsyncLocalStorage } from 'node:async_hooks'
import { container } from '#server/container'
import type { Method } from './handler'

/** What a handler is being told just now. */
export interface Running {
  method: Method
  message?: unknown
  error?: Error
  /** What it left behind (a timer, a promise nobody awaits) still sees this, and must not. */
  done: boolean
}

/** Kept in the container: Next's copies of this module must ask the one that runs the handlers. */
export type RunningStorage = AsyncLocalStorage<Running>

/** Runs a handler's callback so that the functions below answer inside it, until it is done. */
export async function runHandler(
  told: Omit<Running, 'done'>,
  callback: () => void | Promise<void> | undefined,
): Promise<void> {
  const running: Running = { ...told, done: false }
  try {
    await container().sockets.running.run(running, callback)
  } finally {
    running.done = true
  }
}

/** The message in `onMessage`, as its transcoder gave it. Like all of these it throws where no such handler runs. */
export function getMessage(): unknown {
  const { method, message } = current()
  if (method !== 'onmessage') throw new Error(`There is no message in ${method}.`)
  return message
}

/** The error in `onError`. */
export function getError(): Error {
  const { method, error } = current()
  if (!error) throw new Error(`There is no error in ${method}.`)
  return error
}

/** What the handler is being told, in small letters as in Dirigible: `onopen`, `onmessage`, `onerror`, `onclose`. */
export function getMethod(): Method {
  return current().method
}

/** Whether it is `onOpen` that runs. */
export function isOnOpen(): boolean {
  return current().method === 'onopen'
}

/** Whether it is `onMessage`. */
export function isOnMessage(): boolean {
  return current().method === 'onmessage'
}

/** Whether it is `onError`. */
export function isOnError(): boolean {
  return current().method === 'onerror'
}

/** Whether it is `onClose`. */
export function isOnClose(): boolean {
  return current().method === 'onclose'
}

function current(): Running {
  const running = container().sockets.running.getStore()
  if (!running || running.done) throw new Error('No handler is running: this can only be asked inside one.')
  return running
}
