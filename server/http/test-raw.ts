import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** For tests: sends these very bytes, never closes its own half, and gives all that came once the server has closed. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true })
  socket.write(bytes)
  try {
    return await text(socket)
  } finally {
    socket.destroy()
  }
}

export function requestText(method: string, target: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`
}
