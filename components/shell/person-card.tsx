'use client'

import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { Role } from '#components/catalog'
import { connection } from '#components/realtime/socket'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'

export interface Person {
  id: string
  name: string
  role: Role
}

export function PersonCard({ person }: { person: Person }) {
  const [busy, setBusy] = useState(false)

  async function leave() {
    setBusy(true)
    try {
      // The session's end would come back over the line, and cover a page that is about to go.
      connection().hangUp()
      // It stays busy when this succeeds: the browser is already on its way to the sign-in page.
      await signOut({ callbackUrl: '/sign-in' })
    } catch {
      connection().connect()
      setBusy(false)
      toast.error('You are still signed in.', { description: 'The server could not be reached. Try again.' })
    }
  }

  return (
    <div className="flex items-center gap-2.5 border-t border-line px-5 py-3">
      <Avatar name={person.name} />
      <div className="min-w-0 flex-1 text-sm leading-4.5">
        <p className="truncate font-medium">{person.name}</p>
        <p className="text-xs text-ink-3">{person.role}</p>
      </div>
      <Button variant="ghost" size="sm" className="-mr-2.5" busy={busy} onClick={() => void leave()}>
        Sign out
      </Button>
    </div>
  )
}
