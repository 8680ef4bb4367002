import { type InboxFilter, inboxState, notificationKind } from '#channels/notification'

export const inboxPath = '/notifications'

/** As they stand in the address; what is none of ours is as if it were not there. */
export function readFilter(params: Record<string, string | string[] | undefined>): InboxFilter {
  return {
    state: inboxState.catch('inbox').parse(params.state),
    kind: notificationKind.optional().catch(undefined).parse(params.kind),
  }
}

export function addressOf({ state, kind }: InboxFilter): string {
  const params = new URLSearchParams({ ...(state !== 'inbox' && { state }), ...(kind && { kind }) })
  return params.size > 0 ? `${inboxPath}?${params}` : inboxPath
}
