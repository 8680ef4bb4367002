import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Panel } from '#components/ui/panel'

interface NewKeyProps {
  name: string
  /** The key itself: it is nowhere else, and not to be had again. */
  value: string
  onDone: () => void
}

/** Comes into view with the focus, since nobody could find it later. */
export function NewKey({ name, value, onDone }: NewKeyProps) {
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const input = useRef<HTMLInputElement>(null)
  const select = () => input.current?.select()
  useEffect(() => input.current?.focus(), [])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setCopied('yes')
    } catch {
      // Without TLS, or where the person forbids it: selected, so that the keyboard can do it.
      select()
      setCopied('no')
    }
  }

  return (
    <Panel
      title={`The key of ${name}`}
      about="Copy it now: it is shown this once, and only its hash is kept."
      footer={
        <>
          <Button
            variant="primary"
            icon={copied === 'yes' ? <Check className="size-4" /> : <Copy className="size-4" />}
            onClick={() => void copy()}
          >
            Copy
          </Button>
          <Button onClick={onDone}>I have it</Button>
          <p role="status" className="text-sm text-ink-2">
            {copied === 'yes' && 'Copied.'}
            {copied === 'no' && 'The browser did not allow it. It is selected: copy it by hand.'}
          </p>
        </>
      }
    >
      <Field label="The new key">
        {(control) => <Input {...control} ref={input} readOnly value={value} onFocus={select} className="font-mono" />}
      </Field>
    </Panel>
  )
}
