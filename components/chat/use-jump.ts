import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { focusRow } from './row-steps'

interface Jump {
  /** Where to go, as often as this is another object. */
  wanted: { number: number } | undefined
  last: number
  log: RefObject<HTMLElement | null>
  has: (number: number) => boolean
  toRow: (number: number) => void
  onArrive: (number: number) => void
}

/** How long one sees where one has come, in milliseconds. */
const litFor = 2_500

/** Goes to a message, loaded or not, and gives it the focus once it is there. Returns the number of the one that is lit. */
export function useJump({ wanted, last, log, has, toRow, onArrive }: Jump): number | undefined {
  const [lit, setLit] = useState<number>()
  const going = useRef<number>(undefined)
  const gone = useRef<object>(undefined)

  useLayoutEffect(() => {
    if (!wanted || wanted === gone.current || last === 0) return
    gone.current = wanted
    const number = Math.min(wanted.number, last)
    going.current = number
    toRow(number)
    setLit(number)
  }, [wanted, last, toRow])

  useEffect(() => {
    const number = going.current
    if (number === undefined || !has(number) || !log.current) return
    if (!focusRow(log.current, number)) return
    going.current = undefined
    onArrive(number)
  })

  useEffect(() => {
    if (lit === undefined) return
    const timer = setTimeout(() => setLit(undefined), litFor)
    return () => clearTimeout(timer)
  }, [lit])
  return lit
}
