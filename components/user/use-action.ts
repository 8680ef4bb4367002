import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import type { Refused } from '#channels/wire'

export type Refusal = Pick<Refused, 'message' | 'issues'>

/** Runs what an admin asked of the server: says so when it is done, and holds why it was refused. */
export function useAction() {
  const router = useRouter()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()

  function run(work: () => Promise<Refused | undefined>, done: string, then?: () => void) {
    start(async () => {
      const refused = await work().catch(() => unanswered)
      setRefusal(refused)
      if (refused) return
      router.refresh()
      toast.success(done)
      then?.()
    })
  }

  return { run, busy, refusal }
}

const unanswered: Refusal = { message: 'The server did not answer. Try again.' }
