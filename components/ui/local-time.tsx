'use client'

import { useSyncExternalStore } from 'react'

// Not the browser's language: the interface is in English, and a date within its sentences should be too.
const formats = {
  time: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  precise: new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }),
  seconds: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  date: new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
  dateOfOtherYear: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
  datetime: new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }),
}

type Form = 'time' | 'seconds' | 'precise' | 'date' | 'datetime'

export interface LocalTimeProps {
  /** Milliseconds since 1970. */
  at: number
  form?: Form
  className?: string
}

const never = () => () => {}

// ISO rather than a format of the server's: its language data may differ from the browser's.
const unseen = { time: [11, 16], seconds: [11, 19], precise: [11, 23], date: [0, 10], datetime: [0, 16] } as const

function inBrowser(moment: Date, form: Form): string {
  const otherYear = form === 'date' && moment.getFullYear() !== new Date().getFullYear()
  return formats[otherYear ? 'dateOfOtherYear' : form].format(moment)
}

/**
 * A moment in the time zone of the person. Only the browser knows it: until then the place is kept,
 * in UTC and unseen, so that nothing shifts and no wrong hour is read.
 */
export function LocalTime({ at, form = 'time', className = '' }: LocalTimeProps) {
  const moment = new Date(at)
  const iso = moment.toISOString()
  const local = useSyncExternalStore(
    never,
    () => inBrowser(moment, form),
    () => '',
  )
  return (
    <time dateTime={iso} className={`tabular-nums ${local ? '' : 'opacity-0'} ${className}`}>
      {local || iso.slice(...unseen[form])}
    </time>
  )
}
