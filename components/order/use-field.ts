import type { ChangeEvent, KeyboardEvent } from 'react'
import { valueIn } from '#channels/order'
import { knownVersion, partOf } from '#channels/order-field'
import { type Draft, type Named, textOf } from './draft'
import type { LiveOrder } from './use-order'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** One field of the record on screen: what it shows, how far its saving is, and what its control is to do. */
export function useField(live: LiveOrder, field: Named) {
  const { room, drafts, held, order, fields, me, loaded, status } = live
  const draft = held.get(field)
  const version = knownVersion(fields, field)
  const current = textOf(valueIn(order, field))
  // What was saved is shown until it has come back as a push, and as long as the person is still there.
  const arrived = draft?.phase === 'saved' && version >= draft.version && drafts?.at !== field
  const text = draft && !arrived ? draft.text : current
  const mark = Object.values(fields).find((one) => version > 0 && one.version === version)
  const begun = draft && draft.phase !== 'saved' && draft.phase !== 'conflict'

  const control = {
    value: text,
    onFocus: () => {
      drafts?.enter(field)
      if (room && (!draft || draft.phase === 'saved')) drafts?.begin(room, field, text)
    },
    onChange: (event: ChangeEvent<Control>) => {
      if (!room || !drafts) return
      drafts.edit(room, field, event.target.value, text)
      // A choice is made at once; words are written.
      if (event.target instanceof HTMLSelectElement) drafts.commit(room, field)
    },
    onBlur: () => room && drafts?.leave(room, field),
    onKeyDown: (event: KeyboardEvent<Control>) => {
      const written = event.target instanceof HTMLTextAreaElement
      if (event.key === 'Enter' && (!written || event.ctrlKey || event.metaKey) && room)
        drafts?.leave(room, field, 'stays')
      const typed = draft?.phase === 'editing' || draft?.phase === 'refused'
      if (event.key === 'Escape' && typed && room) drafts?.begin(room, field, current)
    },
  }
  return {
    field,
    part: partOf(field),
    control,
    draft: shown(draft, status),
    current,
    mark,
    /** Someone else has changed it while this page was open. */
    news: mark !== undefined && mark.version > loaded && mark.by?.id !== me.id,
    /** The same while this person was at it: saving will ask. */
    overtaken: Boolean(
      begun &&
        draft.phase === 'editing' &&
        version > draft.version &&
        current !== draft.text &&
        !drafts?.sentUnheard(field, current),
    ),
    keep: () => room && drafts?.commit(room, field, Math.max(version, draft?.theirs?.version ?? 0)),
    take: () => room && drafts?.begin(room, field, current),
  }
}

/** What is on its way into a line that is cut, is not: it says so at once. */
function shown(draft: Draft | undefined, status: LiveOrder['status']): Draft | undefined {
  return draft?.phase === 'saving' && status !== 'joined' ? { ...draft, phase: 'unsent' } : draft
}

export type FieldOnScreen = ReturnType<typeof useField>
