import { Brand } from './brand'
import { Navigation } from './navigation'
import { type Person, PersonCard } from './person-card'

/** The same beside the page and, on a phone, in the sheet. */
export function Sidebar({ person, onNavigate }: { person: Person; onNavigate?: () => void }) {
  return (
    <>
      <div className="flex h-14 shrink-0 items-center px-5">
        <Brand />
      </div>
      <Navigation role={person.role} onNavigate={onNavigate} />
      <PersonCard person={person} />
    </>
  )
}
