/** What `<input type="datetime-local">` holds for a moment, in the time zone of the person; empty for none. */
export function momentToField(at: number | null): string {
  if (at === null) return ''
  const moment = new Date(at)
  return new Date(at - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** Milliseconds since 1970; null when it is empty. */
export function fieldToMoment(value: string): number | null {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : at
}

/** What `<input type="date">` holds for so many days after a moment, by the calendar of the person. */
export function dayToField(at: number, daysLater: number): string {
  const day = new Date(at)
  return momentToField(day.setDate(day.getDate() + daysLater)).slice(0, 10)
}
