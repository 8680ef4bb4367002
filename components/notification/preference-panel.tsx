'use client'

import { useOptimistic, useTransition } from 'react'
import { toast } from 'sonner'
import type { Preference } from '#channels/notification'
import { Panel } from '#components/ui/panel'
import { kindWords } from './kind-words'
import { useNotificationContext } from './notification-provider'
import { SystemNotices } from './system-notices'

const ways = [
  { way: 'inbox', label: 'Inbox' },
  { way: 'toast', label: 'Toast' },
  { way: 'system', label: 'System' },
] as const

/** What is switched here holds on every screen of the person at once. */
export function PreferencePanel() {
  const { state } = useNotificationContext()
  return (
    <>
      <Panel
        title="Where you hear of it"
        about="Inbox: it stands there until you read it. Toast: it appears in the tab you look at, once. System: a notice of your computer, while you look at none."
      >
        <ul className="-my-4 wide:-my-5">
          {state.preferences.map((preference) => (
            <PreferenceRow key={preference.kind} preference={preference} />
          ))}
        </ul>
      </Panel>
      <SystemNotices />
    </>
  )
}

function PreferenceRow({ preference }: { preference: Preference }) {
  const { prefer } = useNotificationContext()
  const [shown, setShown] = useOptimistic(preference)
  const [pending, startTransition] = useTransition()
  const { name, when } = kindWords[preference.kind]

  function change(way: (typeof ways)[number]['way'], on: boolean) {
    const wanted = { ...shown, [way]: on }
    startTransition(async () => {
      setShown(wanted)
      await prefer(wanted).catch(() =>
        toast.error('Nothing was changed.', { description: 'The line was cut. Try again when it is back.' }),
      )
    })
  }

  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <fieldset aria-busy={pending} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <legend className="sr-only">{name}</legend>
        <div className="min-w-0 flex-1 basis-64">
          <p aria-hidden className="text-md font-medium">
            {name}
          </p>
          <p className="text-sm text-ink-3">{when}</p>
        </div>
        <div className="flex gap-x-5">
          {ways.map(({ way, label }) => (
            <label key={way} className="target inline-flex items-center gap-2 text-sm select-none">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={shown[way]}
                onChange={({ target }) => change(way, target.checked)}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  )
}
