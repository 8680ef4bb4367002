import { Laptop, Smartphone } from 'lucide-react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LocalTime } from '#components/ui/local-time'
import { TabList } from './tab-list'
import type { OpenDevice } from './use-session'

interface SessionRowProps {
  device: OpenDevice
  /** The device that looks. */
  own: boolean
  /** The tab that looks. */
  socketId: string | undefined
  /** Resolves with why it did not work, in words. */
  onEnd: () => Promise<string | undefined>
}

export function SessionRow({
  device: { device, address, signedInAt, lastSeenAt, tabs },
  own,
  socketId,
  onEnd,
}: SessionRowProps) {
  const Icon = /\b(iOS|Android)\b/.test(device) ? Smartphone : Laptop
  return (
    <li aria-label={`${device}, ${address}`} className="grid gap-3 py-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Icon aria-hidden strokeWidth={1.75} className="mt-0.5 size-5 shrink-0 text-ink-3" />
        <div className="grid min-w-0 flex-1 gap-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium break-words">{device}</span>
            {own && <Badge tone="ok">This device</Badge>}
          </p>
          <p className="text-sm text-ink-2">
            <span className="font-mono text-xs">{address}</span>, signed in{' '}
            <LocalTime at={signedInAt} form="datetime" />
          </p>
          <p className="text-sm text-ink-3">
            {tabs.length > 0 ? (
              `Open now, in ${tabs.length} ${tabs.length === 1 ? 'tab' : 'tabs'}`
            ) : (
              <>
                Last seen <LocalTime at={lastSeenAt} form="datetime" />
              </>
            )}
          </p>
        </div>
        <ConfirmDialog
          trigger={
            <Button size="sm" aria-label={`End the session on ${device}, ${address}`}>
              End
            </Button>
          }
          title={own ? 'End this session?' : 'End the session on this device?'}
          description={
            own ? 'You are signed out here, in every tab.' : `${device} is signed out at once, and its pages say so.`
          }
          confirm="End session"
          variant="danger"
          onConfirm={onEnd}
        />
      </div>
      <TabList tabs={tabs} socketId={socketId} />
    </li>
  )
}
