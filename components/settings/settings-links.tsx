import { ArrowRight } from 'lucide-react'
import type { Role } from '#components/catalog'
import { Link } from '#components/ui/link'

/** The pages beside this one: everyone's own sessions, and for admins the people. */
export function SettingsLinks({ role }: { role: Role }) {
  const shown = links.filter(({ admins }) => !admins || role === 'admin')
  return (
    <nav aria-label="Settings">
      <ul className="grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr))]">
        {shown.map(({ href, title, text }) => (
          <li
            key={href}
            className="relative grid content-start gap-0.5 rounded-md border border-line bg-panel p-4 transition-colors hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <Link
              href={href}
              className="flex items-center gap-1 font-medium after:absolute after:inset-0 focus-visible:outline-none"
            >
              {title}
              <ArrowRight aria-hidden className="size-3.5 text-accent" />
            </Link>
            <p className="text-sm text-ink-2">{text}</p>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const links = [
  { href: '/settings/sessions', title: 'Your sessions', text: 'Every device and tab, your password.', admins: false },
  { href: '/settings/users', title: 'Users', text: 'Who may sign in, with which role and policy.', admins: true },
  { href: '/settings/keys', title: 'API keys', text: 'For devices and other programs.', admins: true },
]
