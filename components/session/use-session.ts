import { useState } from 'react'
import { type DeviceSession, type SessionPaint, type SessionTab, sessions } from '#channels/session'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

export const sessionFold: Fold<typeof sessions> = {
  pushes: {
    // Ids begin with the time at which they were made.
    started: (state, session) => ({
      ...state,
      sessions: [session, ...state.sessions.filter(({ id }) => id !== session.id)].sort((a, b) =>
        a.id < b.id ? 1 : -1,
      ),
    }),
    ended: (state, { id }) => ({ ...state, sessions: state.sessions.filter((one) => one.id !== id) }),
    asked: (state, ask) => ({
      ...state,
      asks: [...state.asks.filter(({ id }) => id !== ask.id), ask].sort((a, b) => (a.id < b.id ? -1 : 1)),
    }),
    settled: (state, { id }) => ({ ...state, asks: state.asks.filter((ask) => ask.id !== id) }),
  },
}

/** A device with its open tabs and other sockets, the oldest first. */
export interface OpenDevice extends DeviceSession {
  tabs: SessionTab[]
}

/** The sessions of a person, live, with what is open of each. */
export function useSessions(userId: string, initial: SessionPaint) {
  const [seen, setSeen] = useState<Readonly<Record<string, number>>>({})
  const { room, state, latest } = useChannel(sessions, userId, {
    initial,
    fold: sessionFold,
    onPush: { seen: ({ sessionId, at }) => setSeen((known) => ({ ...known, [sessionId]: at })) },
  })
  const tabs = Object.values(latest.opened).toSorted((a, b) => a.since - b.since)
  const devices: OpenDevice[] = state.sessions.map((session) => ({
    ...session,
    lastSeenAt: Math.max(session.lastSeenAt, seen[session.id] ?? 0),
    tabs: tabs.filter(({ sessionId }) => sessionId === session.id),
  }))
  return {
    devices,
    end: async (id: string) => void (await room?.call('end', { id })),
    endOthers: async () => void (await room?.call('endOthers', {})),
    endAll: async () => void (await room?.call('endAll', {})),
  }
}
