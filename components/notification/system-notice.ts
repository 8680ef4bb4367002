import { useSyncExternalStore } from 'react'
import type { Notification as Entry } from '#channels/notification'

export type Permission = NotificationPermission | 'unsupported'

/** The browser's word; only it knows, so the server renders `unsupported`. */
function permission(): Permission {
  return typeof Notification === 'undefined' || !window.isSecureContext ? 'unsupported' : Notification.permission
}

export function mayNotice(): boolean {
  return permission() === 'granted'
}

const asked = new Set<() => void>()

/** Only ever on a click: a page that asks by itself is refused for good. */
export async function askPermission(): Promise<void> {
  await Notification.requestPermission()
  for (const changed of asked) changed()
}

function subscribe(changed: () => void): () => void {
  asked.add(changed)
  // It may be changed in the browser's settings meanwhile, of which no event tells everywhere.
  window.addEventListener('focus', changed)
  return () => {
    asked.delete(changed)
    window.removeEventListener('focus', changed)
  }
}

export function usePermission(): Permission {
  return useSyncExternalStore(subscribe, permission, () => 'unsupported')
}

/** False where the browser has permission and no notices all the same: on Android it asks for a service worker. */
export function showNotice({ id, title, body }: Entry, open: () => void): boolean {
  try {
    const notice = new Notification(title, { body, tag: id })
    notice.onclick = () => {
      notice.close()
      window.focus()
      open()
    }
    return true
  } catch {
    return false
  }
}
