import { getCsrfToken } from 'next-auth/react'
import type { EndpointInfo } from '#channels/endpoint'
import type { FrameData } from './message-encoding'

/** What the browser's own WebSocket told last. */
export type LineState = 'idle' | 'opening' | 'open' | 'closing' | 'closed'

interface Told {
  opened(): void
  received(data: FrameData): void
  /** `wasOpen` is false where the server has refused the socket, or could not be reached: a page is not told which. */
  closed(ended: { code: number; reason: string; wasOpen: boolean }): void
}

/** One socket of the browser's own, without anything of ours on top of it. Nothing is told once it was `left`. */
export class ConsoleLine {
  #socket: WebSocket | undefined
  #left = false

  constructor(
    private readonly endpoint: Pick<EndpointInfo, 'path' | 'authenticate'>,
    private readonly told: Told,
  ) {}

  /** Told as `closed` where it does not open. */
  async open(): Promise<void> {
    const { path, authenticate } = this.endpoint
    const url = `${window.location.origin.replace('http', 'ws')}${path}`
    // As a subprotocol, not in the address, which others write into their logs.
    const token = authenticate === 'session' ? await getCsrfToken().catch(() => undefined) : undefined
    if (this.#left) return
    const socket = new WebSocket(url, token ? ['switchboard', `csrf.${token}`] : [])
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    let wasOpen = false
    socket.onopen = () => {
      wasOpen = true
      this.told.opened()
    }
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      this.told.received(typeof data === 'string' ? data : new Uint8Array(data))
    socket.onclose = ({ code, reason }) => this.told.closed({ code, reason, wasOpen })
  }

  send(data: FrameData): void {
    this.#socket?.send(data)
  }

  close(): void {
    this.#socket?.close(1000)
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#left = true
    const socket = this.#socket
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close(1000, 'left')
  }
}
