import { useEffect } from 'react'
import type { Person } from '#channels/wire'
import { usePerson } from '#components/realtime/use-connection'

/**
 * Runs `changed` when the server says that the person is not as the page was rendered for: now, or while the line
 * was cut. Again with every further word of the server, as long as the page has not followed.
 */
export function usePersonChange({ name, role }: Pick<Person, 'name' | 'role'>, changed: () => void): void {
  const person = usePerson()
  useEffect(() => {
    if (person && (person.name !== name || person.role !== role)) changed()
  }, [person, name, role, changed])
}
