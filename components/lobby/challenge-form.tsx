import { type SubmitEvent, useState } from 'react'
import { toast } from 'sonner'
import type { TimeControl } from '#channels/game'
import type { First } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { timeWords } from '#components/game/game-words.ts'
import { newId } from '#components/realtime/new-id'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { Select } from '#components/ui/select'
import type { Lobby } from './use-lobby'

const times = {
  '1 + 0': { budget: 60_000, increment: 0 },
  '3 + 2': { budget: 180_000, increment: 2_000 },
  '10 + 5': { budget: 600_000, increment: 5_000 },
  '30 + 0': { budget: 1_800_000, increment: 0 },
} satisfies Record<string, TimeControl>
type Time = keyof typeof times
const timeOptions = (['1 + 0', '3 + 2', '10 + 5', '30 + 0'] satisfies Time[]).map((value) => ({ value, label: value }))

const firsts: { value: First; label: string }[] = [
  { value: 'random', label: 'Drawn by lot' },
  { value: 'me', label: 'I do' },
  { value: 'them', label: 'They do' },
]

interface ChallengeFormProps {
  people: UserRef[]
  opponent: string
  onOpponent: (id: string) => void
  lobby: Lobby
}

/** A challenge has an id from the first: one that was not answered for is asked for again by it, and made once. */
export function ChallengeForm({ people, opponent, onOpponent, lobby: { ask, status } }: ChallengeFormProps) {
  const [time, setTime] = useState<Time>('3 + 2')
  const [first, setFirst] = useState<First>('random')
  const [busy, setBusy] = useState(false)
  const [silent, setSilent] = useState(false)
  const [failure, setFailure] = useState<string>()

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (busy) return
    const wish = { id: newId(), opponent: opponent || null, first, ...times[time] }
    setBusy(true)
    setFailure(undefined)
    void ask('challenge', wish, () => setSilent(true)).then((failed) => {
      setBusy(false)
      setSilent(false)
      setFailure(failed)
      if (failed) return
      toast.success(opponent ? 'Challenge sent.' : 'Your challenge is open to anyone.')
    })
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {silent && (
        <Notice tone="warn" role="alert" title="No answer came. Asking again …">
          It may have been made already. Asked for again, it is the same challenge, and stands in the list once.
        </Notice>
      )}
      {failure && (
        <Notice tone="danger" role="alert" title="No challenge was made">
          {failure}
        </Notice>
      )}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Field label="Opponent">
          {(control) => (
            <Select
              {...control}
              name="opponent"
              className="w-44"
              value={opponent}
              onChange={(event) => onOpponent(event.target.value)}
            >
              <option value="">Anyone</option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Segmented
          legend="Minutes + seconds per move"
          name="time"
          options={timeOptions}
          value={time}
          onValueChange={setTime}
        />
        <Segmented legend="Who plays first" name="first" options={firsts} value={first} onValueChange={setFirst} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" variant="primary" busy={busy} disabled={status !== 'joined'}>
          Challenge
        </Button>
        <p className="text-sm text-ink-3">{timeWords(times[time])}.</p>
      </div>
    </form>
  )
}
