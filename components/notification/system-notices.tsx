import { useState } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Panel } from '#components/ui/panel'
import { askPermission, type Permission, usePermission } from './system-notice'

const words: Record<Permission, string> = {
  granted: 'This browser shows notices of the kinds you chose above, while no tab of Switchboard is in sight.',
  denied:
    'This browser has been told not to show them. It can be allowed again in the browser’s settings for this site.',
  default: 'This browser asks for your permission first.',
  unsupported: 'This browser does not show them for this address: it needs a secure one.',
}

/** Permission is the browser's, not the person's: it is asked for in each, and only on a click. */
export function SystemNotices() {
  const permission = usePermission()
  const [busy, setBusy] = useState(false)

  async function ask() {
    setBusy(true)
    await askPermission().finally(() => setBusy(false))
  }

  return (
    <Panel
      title="System notices in this browser"
      actions={
        permission === 'default' ? (
          <Button busy={busy} onClick={() => void ask()}>
            Allow
          </Button>
        ) : (
          <Badge tone={permission === 'granted' ? 'ok' : 'neutral'}>
            {{ granted: 'Allowed', denied: 'Blocked', unsupported: 'Not available' }[permission]}
          </Badge>
        )
      }
    >
      <p className="max-w-[68ch] text-sm text-ink-2">{words[permission]}</p>
    </Panel>
  )
}
