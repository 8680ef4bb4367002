import type { SessionPolicy } from '#channels/session'

/** The one place for what each policy is called, and what it does. */
export const policyWords: Record<SessionPolicy, { title: string; text: string }> = {
  many: { title: 'Any number of devices', text: 'Each device stays signed in beside the others.' },
  newest: { title: 'The newest wins', text: 'A new sign-in ends the earlier session at once.' },
  oldest: { title: 'The oldest wins', text: 'A new sign-in is refused, and told where the old session is.' },
  ask: {
    title: 'Ask the old session',
    text: 'The old session has 20 seconds to keep its place. Without an answer it gives way.',
  },
}
