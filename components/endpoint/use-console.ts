import { useEffect, useRef, useState } from 'react'
import type { EndpointInfo } from '#channels/endpoint'
import { type ConsoleEntry, closedWords, frameEntry, mostFrames, type NewEntry, withEntries } from './console-frames.ts'
import { ConsoleLine, type LineState } from './console-line.ts'
import { type Encoding, encodeMessage } from './message-encoding.ts'

/** How often what came in is shown, in milliseconds: an endpoint may say more than a screen can draw. */
const showEvery = 50

/** A socket to one endpoint by hand: opened, closed and spoken through, with what went in and out of late. */
export function useConsole(endpoint: EndpointInfo) {
  const [entries, setEntries] = useState<ConsoleEntry[]>([])
  const [state, setState] = useState<LineState>('idle')
  const line = useRef<ConsoleLine>(undefined)
  const waiting = useRef<NewEntry[]>([])

  useEffect(() => () => line.current?.leave(), [])

  function add(entry: NewEntry) {
    // A tab that is not looked at is drawn seldom.
    if (waiting.current.push(entry) > mostFrames) waiting.current.shift()
    if (waiting.current.length > 1) return
    setTimeout(() => {
      const added = waiting.current.splice(0)
      setEntries((before) => withEntries(before, added))
    }, showEvery)
  }
  const note = (text: string) => add({ at: Date.now(), kind: 'line', bytes: null, text })

  async function open() {
    setState('opening')
    line.current = new ConsoleLine(endpoint, {
      opened: () => {
        setState('open')
        note('Opened.')
      },
      received: (data) => add(frameEntry('in', data, Date.now())),
      closed: ({ code, reason, wasOpen }) => {
        setState('closed')
        note(closedWords(code, reason, wasOpen))
      },
    })
    await line.current.open()
  }

  /** Throws an Error for the person when it cannot be written in this encoding. */
  function send(encoding: Encoding, typed: string) {
    const data = encodeMessage(encoding, typed)
    line.current?.send(data)
    add(frameEntry('out', data, Date.now()))
  }

  function close() {
    setState('closing')
    line.current?.close()
  }

  return { state, entries, open, close, send, clear: () => setEntries([]) }
}
