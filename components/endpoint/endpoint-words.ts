import type { EndpointInfo, Format } from '#channels/endpoint'

export const formatWords: Record<Format, string> = {
  text: 'Text',
  json: 'JSON',
  'message-pack': 'MessagePack',
  'socket-io': 'Socket.IO',
  frames: 'Text and binary',
  own: 'A format of its own',
}

export function whoWords({ authenticate, scope }: Pick<EndpointInfo, 'authenticate' | 'scope'>): string {
  if (authenticate === 'public') return 'Anyone'
  return authenticate === 'session' ? 'Signed-in people' : `API key with the scope ${scope}`
}

export function openWords(open: number): string {
  return open === 0 ? 'None open' : `${open} open`
}

export function sizeWords(bytes: number): string {
  if (bytes < 1_024) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  return `${Math.round((bytes / 1_024) * 10) / 10} KiB`
}

type Connectable = Pick<EndpointInfo, 'path' | 'authenticate'>

const socketOrigin = (origin: string) => origin.replace('http', 'ws')

/** For a terminal. A page cannot read its own session cookie, so that the person has to fill it in. */
export function wscatCommand({ path, authenticate }: Connectable, origin: string): string {
  const url = `${socketOrigin(origin)}${path}`
  if (authenticate === 'public') return `npx wscat -c ${url}`
  if (authenticate === 'api-key') return `KEY=sbk_...\nnpx wscat -c ${url} -H "Authorization: Bearer $KEY"`
  return [
    '# COOKIE: the Cookie header of any request of this page, in the network tools of the browser',
    `# TOKEN: what ${origin}/api/auth/csrf answers in this browser`,
    "COOKIE='...' TOKEN='...'",
    `npx wscat -c "${url}?session=$TOKEN" -o ${origin} -H "Cookie: $COOKIE"`,
  ].join('\n')
}

/** For the console of a browser; undefined where no page can do it: a browser sends no headers of one's own. */
export function browserSnippet({ path, authenticate }: Connectable, origin: string): string | undefined {
  const heard = "socket.onmessage = ({ data }) => console.log(data)\nsocket.onopen = () => socket.send('hello')"
  if (authenticate === 'public') return `const socket = new WebSocket('${socketOrigin(origin)}${path}')\n${heard}`
  if (authenticate === 'api-key') return undefined
  return [
    "const { csrfToken } = await (await fetch('/api/auth/csrf')).json()",
    `const url = location.origin.replace('http', 'ws') + '${path}'`,
    "const socket = new WebSocket(url, ['switchboard', 'csrf.' + csrfToken])",
    heard,
  ].join('\n')
}
