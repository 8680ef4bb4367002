import { type KeyboardEvent, useState } from 'react'
import type { UserRef } from '#channels/user'
import { usePeople } from '#components/rooms/use-people.ts'
import { callAt } from './call-at'

interface Mentions {
  text: string
  caret: number
  /** Who is offered; without them, whoever the server knows. */
  members: UserRef[] | undefined
  onComplete: (text: string, caret: number) => void
}

const mostOffered = 6

/** Names for what follows an `@`: arrows choose, Enter and Tab take one, Escape wants none. */
export function useMentions({ text, caret, members, onComplete }: Mentions) {
  const call = callAt(text, caret)
  const [refused, setRefused] = useState<number>()
  const [chosen, setChosen] = useState(0)
  const open = call !== undefined && call.start !== refused
  const found = usePeople(open && !members ? call.name : undefined)
  const among = members?.filter(({ name }) => open && name.toLowerCase().includes(call.name.toLowerCase()))
  const offered = open ? (among ?? found.people ?? []).slice(0, mostOffered) : []
  const index = Math.min(chosen, offered.length - 1)

  function take({ name }: UserRef) {
    if (!call) return
    const before = `${text.slice(0, call.start)}@${name} `
    onComplete(before + text.slice(caret).replace(/^ /, ''), before.length)
    setChosen(0)
  }

  /** Whether the key was meant for the list. */
  function press(event: KeyboardEvent): boolean {
    const person = offered[index]
    if (!person || !call) return false
    if (event.key === 'ArrowDown') setChosen((index + 1) % offered.length)
    else if (event.key === 'ArrowUp') setChosen((index + offered.length - 1) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(person)
    else if (event.key === 'Escape') setRefused(call.start)
    else return false
    return true
  }

  return { offered, index, take, press }
}
