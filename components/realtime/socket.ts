import { getCsrfToken, getSession } from 'next-auth/react'
import { Connection } from './connection'

const place = Symbol.for('switchboard.connection')

/**
 * The one connection of this tab, made when it is first needed. It is kept on `globalThis`, because hot
 * reload replaces this module while the page, and with it the socket, lives on.
 */
export function connection(): Connection {
  const found: unknown = Reflect.get(globalThis, place)
  if (found) return found as Connection
  const made = new Connection({ csrfToken: getCsrfToken, renew })
  Reflect.set(globalThis, place, made)
  window.addEventListener('offline', () => made.cut())
  window.addEventListener('online', () => made.retryNow())
  return made
}

/** next-auth answers with its cookie made anew. A tab that nobody looks at must not keep a session alive for ever. */
async function renew(): Promise<void> {
  if (document.visibilityState === 'visible') await getSession({ broadcast: false })
}
