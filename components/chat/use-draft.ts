import { useCallback, useEffect, useState } from 'react'

/** What was begun and not sent, kept on this device for this person and room. */
export function useDraft(userId: string, room: string): [text: string, change: (text: string) => void] {
  const place = `switchboard.draft/${userId}/${room}`
  const [text, setText] = useState('')

  // Not while rendering: the server cannot know it. What was typed before the page came alive stays.
  useEffect(() => setText((typed) => typed || read(place)), [place])

  const change = useCallback(
    (next: string) => {
      setText(next)
      keep(place, next)
    },
    [place],
  )
  return [text, change]
}

function read(place: string): string {
  try {
    return localStorage.getItem(place) ?? ''
  } catch {
    return ''
  }
}

/** A browser may forbid it, or have no room left: then the text is kept on the page alone. */
function keep(place: string, text: string): void {
  try {
    if (text.trim() === '') localStorage.removeItem(place)
    else localStorage.setItem(place, text)
  } catch {
    return
  }
}
