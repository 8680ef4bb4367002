import { useState, useTransition } from 'react'
import type { z } from 'zod'
import { useRefusal } from '#components/broadcast/use-refusal.ts'
import { CallRefused } from '#components/realtime/call'
import { failureOf } from '#components/realtime/failure'
import type { SeriesWords } from './series-fields'

/** The fields of a form about a series, and why it was not taken. */
export function useSeriesForm<Words extends SeriesWords>(before: Words) {
  const [words, setWords] = useState(before)
  const refusal = useRefusal()
  const [busy, startSending] = useTransition()

  /** Checks what is in the fields as the server does, and has it sent; `done` once it is taken. */
  function submit<Schema extends z.ZodType>(
    schema: Schema,
    input: z.input<Schema>,
    send: (parsed: z.output<Schema>) => Promise<unknown>,
    done: () => void,
  ): void {
    const parsed = schema.safeParse(input)
    if (!parsed.success) {
      refusal.refuseInput(parsed.error)
      return
    }
    startSending(async () => {
      try {
        await send(parsed.data)
        done()
      } catch (error) {
        refusal.refuse(error instanceof CallRefused ? error.refused : { message: failureOf(error) })
      }
    })
  }

  function change(part: Partial<Words>): void {
    setWords((all) => ({ ...all, ...part }))
    refusal.clear()
  }

  return { words, change, submit, busy, refusal }
}
