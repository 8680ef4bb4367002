'use client'

import { useRef, useState } from 'react'
import type { MonitorPaint, SocketPage } from '#channels/monitor'
import type { UserRef } from '#channels/user'
import { Notice } from '#components/ui/notice'
import { ClosePanel } from './close-panel'
import { NodePanel } from './node-panel'
import { PersonPanel } from './person-panel'
import { SocketPanel } from './socket-panel'
import { SummaryTiles } from './summary-tiles'
import { useMonitor } from './use-monitor'
import { useSockets } from './use-sockets'

interface MonitorPanelProps {
  initial: MonitorPaint
  sockets: SocketPage
  people: UserRef[]
}

/** Every socket of every node, live: figures, the list, one person, and why sockets closed. */
export function MonitorPanel({ initial, sockets: first, people }: MonitorPanelProps) {
  const monitor = useMonitor(initial)
  const sockets = useSockets(monitor, first)
  const [person, setPerson] = useState<UserRef>()
  const select = useRef<HTMLSelectElement>(null)

  function choose(chosen: UserRef) {
    setPerson(chosen)
    select.current?.scrollIntoView({ block: 'center' })
    select.current?.focus({ preventScroll: true })
  }

  return (
    <div className="grid gap-4 wide:gap-6">
      {monitor.status === 'offline' && (
        <Notice tone="warn" role="status">
          The line is cut. These figures stand still until it is back.
        </Notice>
      )}
      <SummaryTiles nodes={monitor.nodes} />
      <SocketPanel monitor={monitor} sockets={sockets} onChoose={choose} />
      <div className="grid items-start gap-4 wide:gap-6 lg:grid-cols-2">
        <PersonPanel people={people} person={person} monitor={monitor} onChoose={setPerson} selectRef={select} />
        <div className="grid gap-4 wide:gap-6">
          <ClosePanel closes={monitor.closes} at={Math.max(0, ...monitor.nodes.map(({ at }) => at))} />
          <NodePanel nodes={monitor.nodes} />
        </div>
      </div>
    </div>
  )
}
