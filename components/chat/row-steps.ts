import type { KeyboardEvent } from 'react'

/** The number of the message around this element. */
export function rowOf(element: Element): number | undefined {
  const row = element.closest('[data-message]')?.getAttribute('data-message')
  return row ? Number(row) : undefined
}

/** Gives a row the focus without a jump, and brings it into sight as far as needed. */
export function focusRow(log: HTMLElement, number: number): boolean {
  const row = log.querySelector(`[data-message="${number}"]`)
  if (!(row instanceof HTMLElement)) return false
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/** Where a question about a message was asked, the focus goes back to it. */
export function focusMessage(number: number): void {
  const row = document.querySelector(`[data-message="${number}"]`)
  if (row instanceof HTMLElement) row.focus({ preventScroll: true })
}

/** Up and down go from message to message; from the log itself to the lowest one in sight. */
export function stepRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  if (!(event.target instanceof Element) || event.target.closest('[role="menu"]')) return
  const log = event.currentTarget
  const row = rowOf(event.target)
  if (row === undefined && event.key === 'ArrowDown') return
  const next = row === undefined ? lowest(log) : row + (event.key === 'ArrowUp' ? -1 : 1)
  if (next !== undefined && focusRow(log, next)) event.preventDefault()
}

function lowest(log: HTMLElement): number | undefined {
  const { bottom } = log.getBoundingClientRect()
  const inSight = [...log.querySelectorAll('[data-message]')].filter((row) => row.getBoundingClientRect().top < bottom)
  const last = inSight.at(-1)
  return last ? rowOf(last) : undefined
}
