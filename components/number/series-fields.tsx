import { mostPadding, type NumberMode, numberMode, type Place, writeNumber } from '#channels/number'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Segmented } from '#components/ui/segmented'
import { Switch } from '#components/ui/switch'
import { modeWords } from './number-words'

/** As it stands in the fields. */
export interface SeriesWords {
  title: string
  prefix: string
  padding: string
  yearly: boolean
  mode: NumberMode
}

const modes = numberMode.options.map((value) => ({ value, label: modeWords[value].name }))

interface SeriesFieldsProps {
  words: SeriesWords
  onChange: (change: Partial<SeriesWords>) => void
  /** What is wrong with a field. */
  issue: (path: string) => string | undefined
  /** What would be given out next. */
  next: Place
  /** Why mode and year cannot be changed now. */
  fixed?: string
}

export function SeriesFields({ words, onChange, issue, next, fixed }: SeriesFieldsProps) {
  const { title, prefix, padding, yearly, mode } = words
  const digits = Math.min(mostPadding, Math.max(1, Math.trunc(Number(padding)) || 1))
  return (
    <>
      <Field label="Title" error={issue('title')}>
        {(control) => (
          <Input {...control} name="title" value={title} onChange={({ target }) => onChange({ title: target.value })} />
        )}
      </Field>
      <div className="flex flex-wrap gap-4">
        <div className="min-w-0 flex-1 basis-40">
          <Field label="Prefix" hint="{year} becomes the year." error={issue('prefix')}>
            {(control) => (
              <Input
                {...control}
                name="prefix"
                className="font-mono"
                autoComplete="off"
                spellCheck={false}
                value={prefix}
                onChange={({ target }) => onChange({ prefix: target.value })}
              />
            )}
          </Field>
        </div>
        <Field label="Digits" hint="At least." error={issue('padding')}>
          {(control) => (
            <Input
              {...control}
              name="padding"
              type="number"
              inputMode="numeric"
              min={1}
              max={mostPadding}
              className="max-w-24 tabular-nums"
              value={padding}
              onChange={({ target }) => onChange({ padding: target.value })}
            />
          )}
        </Field>
      </div>
      <p className="rounded-sm border border-line bg-sunken px-3 py-2 text-sm text-ink-3">
        The next one is written{' '}
        <output name="preview" className="font-mono font-medium break-all text-ink tabular-nums">
          {writeNumber({ prefix, padding: digits }, next)}
        </output>
      </p>
      <Switch
        label="Begins with 1 each year"
        checked={yearly}
        disabled={fixed !== undefined}
        onCheckedChange={(checked) => onChange({ yearly: checked })}
      />
      <fieldset disabled={fixed !== undefined} className="grid gap-1.5 disabled:opacity-60">
        <Segmented
          legend="Mode"
          name="mode"
          options={modes}
          value={mode}
          onValueChange={(to) => onChange({ mode: to })}
        />
        <p className="text-xs text-ink-3">{modeWords[mode].about}</p>
      </fieldset>
      {fixed && <p className="text-xs text-ink-3">{fixed}</p>}
    </>
  )
}
