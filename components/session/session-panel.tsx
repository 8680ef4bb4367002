'use client'

import { MonitorSmartphone } from 'lucide-react'
import type { SessionPaint } from '#channels/session'
import type { UserRef } from '#channels/user'
import { failureOf } from '#components/realtime/failure'
import { useSocketId } from '#components/realtime/use-connection'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { Panel } from '#components/ui/panel'
import { SessionRow } from './session-row'
import { useSessions } from './use-session'

interface SessionPanelProps {
  /** Whose sessions they are. */
  person: UserRef
  /** The session that looks: marked where it is one of these. */
  ownId: string
  initial: SessionPaint
}

/** Every device a person is signed in on, live, with its tabs; and the power to end each. */
export function SessionPanel({ person, ownId, initial }: SessionPanelProps) {
  const { devices, end, endOthers, endAll } = useSessions(person.id, initial)
  const socketId = useSocketId()
  const own = devices.some(({ id }) => id === ownId)
  const others = devices.filter(({ id }) => id !== ownId).length
  const whose = own ? 'your' : `${person.name}’s`

  return (
    <Panel
      title="Devices"
      about={
        own ? 'Where you are signed in, and each open tab.' : `Where ${person.name} is signed in, and each open tab.`
      }
      actions={
        devices.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {own && others > 0 && (
              <ConfirmDialog
                trigger={<Button size="sm">End all others</Button>}
                title="End all your other sessions?"
                description="Every device but this one is signed out at once, and its pages say so."
                confirm="End all others"
                variant="danger"
                onConfirm={() => saying(endOthers())}
              />
            )}
            <ConfirmDialog
              trigger={<Button size="sm">End all</Button>}
              title={`End all of ${whose} sessions?`}
              description={
                own
                  ? 'Every device is signed out at once, this one too.'
                  : 'Every device is signed out at once, and its pages say so.'
              }
              confirm="End all"
              variant="danger"
              onConfirm={() => saying(endAll())}
            />
          </div>
        )
      }
    >
      {devices.length === 0 ? (
        <EmptyState icon={<MonitorSmartphone />} title="Signed in nowhere">
          The next sign-in appears here at once.
        </EmptyState>
      ) : (
        <ul className="-my-4 divide-y divide-line">
          {devices.map((device) => (
            <SessionRow
              key={device.id}
              device={device}
              own={device.id === ownId}
              socketId={socketId}
              onEnd={() => saying(end(device.id))}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Resolves with why it did not work, in words. */
async function saying(work: Promise<void>): Promise<string | undefined> {
  try {
    await work
  } catch (error) {
    return failureOf(error)
  }
}
