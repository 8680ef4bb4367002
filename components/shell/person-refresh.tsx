'use client'

import { useRouter } from 'next/navigation'
import type { Person } from './person-card'
import { usePersonChange } from './use-person-change'

/** Has the server render the page anew when its person's name or role has changed: navigation, rooms and the page's gate follow. */
export function PersonRefresh({ person }: { person: Person }) {
  const { refresh } = useRouter()
  usePersonChange(person, refresh)
  return null
}
