import { useEffect, useRef, useState } from 'react'

interface NewLine {
  /** How far one has read, by the list of rooms; 0 where one never was. */
  read: number
  last: number
  /** The newest is in sight of somebody. */
  reading: boolean
}

/**
 * The number of the message above which "New" stands: the first one not read when the room was opened, or when
 * something came while nobody looked. It stays there while one reads on.
 */
export function useNewLine({ read, last, reading }: NewLine): number | undefined {
  const [line, setLine] = useState(() => (read > 0 && read < last ? read + 1 : undefined))
  const caughtUp = useRef(read >= last)
  useEffect(() => {
    if (last <= read) caughtUp.current = true
    else if (caughtUp.current && !reading) {
      caughtUp.current = false
      if (read > 0) setLine(read + 1)
    }
  }, [read, last, reading])
  return line
}
