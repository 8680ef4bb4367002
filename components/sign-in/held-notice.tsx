import type { SessionPlace, SignInWait } from '#channels/session'
import { LocalTime } from '#components/ui/local-time'
import { Notice } from '#components/ui/notice'

const words = {
  held: {
    title: 'You are signed in elsewhere',
    text: 'One device at a time, and the first one keeps its place. Sign out there first, or ask an administrator.',
  },
  kept: {
    title: 'Your other session kept its place',
    text: 'Sign out there first. If that is not you, tell an administrator.',
  },
}

/** For whoever gave the right password and was not let in. */
export function HeldNotice({ is, place }: Pick<SignInWait, 'place'> & { is: 'held' | 'kept' }) {
  const { title, text } = words[is]
  return (
    <Notice tone="warn" title={title} role="status">
      <div className="grid gap-1">
        {place && <PlaceLine {...place} />}
        <p>{text}</p>
      </div>
    </Notice>
  )
}

export function PlaceLine({ device, address, lastSeenAt }: SessionPlace) {
  return (
    <p>
      {device}, <span className="font-mono text-xs">{address}</span>, last seen{' '}
      <LocalTime at={lastSeenAt} form="datetime" />
    </p>
  )
}
