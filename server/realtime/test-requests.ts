import fc from 'fast-check'
import type { Input, Served } from './test-inputs'
import { nearly, nearlyText } from './test-mutations'

/** For tests: handshakes with cookies, tokens and origins. Now and then all of them are right. */
export function handshakes({ visitors, url }: Served): fc.Arbitrary<Input> {
  const mostly = (right: string) => {
    const text = fc.constant(right)
    const wrong = fc.oneof(
      { weight: 4, arbitrary: nearlyText(text) },
      fc.constant(''),
      fc.constant('null'),
      fc.string(),
    )
    return fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: wrong }).map(forHeader)
  }
  return fc.constantFrom(...visitors).chain(({ cookie, csrfToken }) => {
    const auth = fc.constant({ csrfToken })
    return fc
      .record({
        headers: fc.record({ cookie: mostly(cookie), origin: mostly(url) }, { requiredKeys: [] }),
        auth: fc.oneof({ weight: 2, arbitrary: auth }, { weight: 2, arbitrary: nearly(auth) }, fc.jsonValue()),
      })
      .map((one): Input => ({ kind: 'handshake', of: 'handshake', ...one }))
  })
}

/** What an http client refuses to send is sent by `requests`. */
function forHeader(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim()
}

/** For tests: requests for a line, nearly as a browser sends them. */
export function requests({ visitors, url }: Served): fc.Arbitrary<Input> {
  const { host } = new URL(url)
  const method = fc.constantFrom('GET', 'GET', 'GET', 'POST', 'OPTIONS', 'GETS')
  const query = fc.constantFrom(
    '?EIO=4&transport=websocket',
    '?EIO=3&transport=websocket',
    '?EIO=4&transport=polling',
    '?sid=x',
    '',
  )
  const path = fc
    .tuple(fc.constantFrom('/socket.io/', '/socket.io', '/socket.io//', '/socket.io/x'), query)
    .map((parts) => parts.join(''))
  const request = fc
    .tuple(method, path, fc.constantFrom(...visitors))
    .map(([verb, target, { cookie }]) =>
      [
        `${verb} ${target} HTTP/1.1`,
        ...[`Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
        ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Origin: ${url}`, `Cookie: ${cookie}`],
      ].join('\r\n'),
    )
  const bytes = fc.oneof({ weight: 1, arbitrary: request }, { weight: 4, arbitrary: nearlyText(request) })
  return bytes.map((text): Input => ({ kind: 'request', of: 'http request', bytes: `${text}\r\n\r\n` }))
}
