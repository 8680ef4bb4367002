import { Archive, ArchiveRestore, AtSign, ListChecks, LogIn, Mail, MailOpen, Megaphone, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { InboxMark, Notification, NotificationKind } from '#channels/notification'
import { IconButton } from '#components/ui/icon-button'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'
import { kindWords } from './kind-words'
import { useNotificationContext } from './notification-provider'

const icons: Record<NotificationKind, typeof AtSign> = {
  job: ListChecks,
  mention: AtSign,
  invitation: UserPlus,
  'sign-in': LogIn,
  broadcast: Megaphone,
}

export function NotificationRow({ entry }: { entry: Notification }) {
  const { id, kind, title, body, href, at, read, archived } = entry
  const { busy, mark } = useMark(entry)
  const Icon = icons[kind]
  const weight = read ? 'text-ink-2' : 'font-medium'

  return (
    <li
      aria-labelledby={id}
      aria-busy={busy}
      className={`relative flex animate-appear items-start gap-3 max-wide:flex-wrap max-wide:gap-y-1 border-b border-line px-4 py-3 last:border-b-0 wide:px-5 ${read ? '' : 'bg-accent-soft/40'}`}
    >
      <span className="grid size-8 shrink-0 place-items-center rounded-full border border-line bg-panel text-ink-3">
        <Icon aria-hidden strokeWidth={1.75} className="size-4" />
        <span className="sr-only">{kindWords[kind].name}</span>
      </span>
      <div className="min-w-0 flex-1 text-sm max-wide:basis-[calc(100%-2.75rem)]">
        <p id={id} className={`break-words ${weight}`}>
          {!read && (
            <>
              <span aria-hidden className="mr-1.5 inline-block size-2 rounded-full bg-accent align-middle" />
              <span className="sr-only">Unread: </span>
            </>
          )}
          {href ? (
            <Link href={href} className="hover:underline" onClick={() => !read && void mark('read')}>
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        {body && <p className="max-w-[68ch] break-words whitespace-pre-line text-ink-2">{body}</p>}
        <p className="text-xs text-ink-3">
          <LocalTime at={at} form="datetime" />
        </p>
      </div>
      <div className="flex shrink-0 gap-0.5 max-wide:ml-auto">
        <IconButton
          label={read ? 'Mark as unread' : 'Mark as read'}
          icon={read ? <Mail aria-hidden /> : <MailOpen aria-hidden />}
          disabled={busy}
          onClick={() => void mark(read ? 'unread' : 'read')}
        />
        <IconButton
          label={archived ? 'Move to the inbox' : 'Archive'}
          icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          disabled={busy}
          onClick={() => void mark(archived ? 'restored' : 'archived')}
        />
      </div>
    </li>
  )
}

/** Shows what has been done once it has: the answer brings the entry as it is now. */
function useMark({ id }: Notification) {
  const { mark } = useNotificationContext()
  const [busy, setBusy] = useState(false)

  async function markAs(as: InboxMark['as']) {
    setBusy(true)
    try {
      await mark([id], as)
      if (as === 'archived') offerUndo(() => markAs('restored'))
    } catch {
      toast.error('Nothing was changed.', { description: 'The line was cut. Try again when it is back.' })
    } finally {
      setBusy(false)
    }
  }
  return { busy, mark: markAs }
}

function offerUndo(undo: () => Promise<void>): void {
  toast('Archived', { action: { label: 'Undo', onClick: () => void undo() } })
}
