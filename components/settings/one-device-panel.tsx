'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import type { Refused } from '#channels/wire'
import type { Role } from '#components/catalog'
import { Panel } from '#components/ui/panel'
import { Switch } from '#components/ui/switch'

interface OneDevicePanelProps {
  role: Role
  oneDevice: boolean
  change: (value: boolean) => Promise<Refused | undefined>
}

export function OneDevicePanel({ role, oneDevice, change }: OneDevicePanelProps) {
  const router = useRouter()
  const [wanted, setWanted] = useState(oneDevice)
  const [busy, startChange] = useTransition()

  function set(value: boolean) {
    setWanted(value)
    startChange(async () => {
      const refused = await change(value).catch(() => unanswered)
      if (!refused) return router.refresh()
      setWanted(!value)
      toast.error('The setting was not changed.', { description: refused.message })
    })
  }

  return (
    <>
      <Panel title="Sign-in policy" about="For every person of this installation.">
        <Switch
          label="One device at a time"
          hint={role === 'admin' ? hint : `${hint} Only an admin can change this.`}
          checked={wanted}
          busy={busy}
          disabled={role !== 'admin'}
          onCheckedChange={set}
        />
      </Panel>
      <Panel title="See it happen">
        <ol className="grid list-decimal gap-1.5 pl-5 text-ink-2">
          <li>Leave this page open.</li>
          <li>Sign in under the same name in another browser, or in a private window.</li>
          <li>
            This page says within a second that you signed in elsewhere, where from and when. Nothing it held works any
            more.
          </li>
        </ol>
      </Panel>
    </>
  )
}

const hint = 'Signing in on another device ends the earlier session at once. It holds from the next sign-in on.'
const unanswered = { message: 'The server did not answer. Try again.' }
