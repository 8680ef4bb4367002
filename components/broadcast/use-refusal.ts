import { useState } from 'react'
import type { z } from 'zod'
import type { Refused } from '#channels/wire'

/** Why a form was not taken, by the browser or by the server, until something in it changes. */
export function useRefusal() {
  const [refusal, setRefusal] = useState<Pick<Refused, 'message' | 'issues'>>()
  return {
    issue: (path: string) => refusal?.issues?.find((issue) => issue.path === path)?.message,
    /** What belongs to no field. */
    message: refusal?.issues?.length ? undefined : refusal?.message,
    clear: () => setRefusal(undefined),
    refuse: (refused: Pick<Refused, 'message' | 'issues'>) => setRefusal(refused),
    refuseInput: ({ issues }: z.ZodError) =>
      setRefusal({ message: '', issues: issues.map(({ path, message }) => ({ path: path.join('.'), message })) }),
  }
}

export const noAnswer = { message: 'The server did not answer. Try again.', issues: [] }
