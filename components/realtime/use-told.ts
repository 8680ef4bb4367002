import { useEffect, useRef } from 'react'
import { connection } from './socket'

/** Hears what the server sends to this socket, or to all of its person, beside every channel: the event `message`. */
export function useTold(hear: (message: unknown) => void): void {
  const given = useRef(hear)
  useEffect(() => {
    given.current = hear
  })
  useEffect(() => {
    const { socket } = connection()
    const listener = (message: unknown) => given.current(message)
    socket.on('message', listener)
    return () => void socket.off('message', listener)
  }, [])
}
