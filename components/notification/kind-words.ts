import type { InboxState, NotificationKind } from '#channels/notification'

interface KindWords {
  name: string
  /** When one hears of it. */
  when: string
}

export const kindWords: Record<NotificationKind, KindWords> = {
  job: { name: 'Jobs', when: 'A job you started is done or has failed.' },
  mention: { name: 'Mentions', when: 'Somebody names you in a chat room.' },
  invitation: { name: 'Invitations', when: 'Somebody asks you to a room or a game.' },
  'sign-in': { name: 'Sign-ins', when: 'Your account is used on a device for the first time.' },
  broadcast: { name: 'Broadcasts', when: 'An administrator tells everyone something.' },
}

export const stateWords: Record<InboxState, string> = {
  inbox: 'Inbox',
  unread: 'Unread',
  read: 'Read',
  archived: 'Archived',
}

/** `1 unread notification`; as text for those who cannot see the figure. */
export function unreadWords(unread: number): string {
  if (unread === 0) return 'No unread notifications'
  return `${unread} unread notification${unread === 1 ? '' : 's'}`
}

/** The figure in a small place. */
export function unreadFigure(unread: number): string {
  return unread > 99 ? '99+' : `${unread}`
}
