/** Says a proxy in front of a server that it cannot reach, and shows a page of its own. */
const unreached = new Set([502, 503, 504])

/** How long an answer may take until the person is told that it does, in milliseconds. */
const patience = 4_000

export interface Waiting {
  /** Once, when there is no answer at the first try, or not for long. */
  begin(): void
  /** Before try `failures` + 2; resolves when it is worth one. */
  next(failures: number): Promise<void>
}

/** Whether Next's router asks for a page that somebody wants to see now, and not ahead of time. */
export function wantsPage(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers)
  const ahead = headers.has('next-router-prefetch') || headers.has('next-router-segment-prefetch')
  return headers.has('rsc') && !ahead
}

/** Asks until the server itself answers. Rejects only when the asking was called off. */
export async function pageAnswer(ask: () => Promise<Response>, { begin, next }: Waiting): Promise<Response> {
  let begun = false
  const beginOnce = () => {
    if (!begun) begin()
    begun = true
  }
  const slow = setTimeout(beginOnce, patience)
  try {
    for (let failures = 0; ; failures++) {
      const answer = await ask().then(whole).catch(unlessCalledOff)
      if (answer && !unreached.has(answer.status)) return answer
      beginOnce()
      await next(failures)
    }
  } finally {
    clearTimeout(slow)
  }
}

/** What is cut in its middle is as good as none. Nothing is shown of a page before its end, so nobody waits longer for it. */
async function whole(answer: Response): Promise<Response> {
  await answer.clone().arrayBuffer()
  return answer
}

/** What fails on its way is a TypeError; only who asked can have stopped it otherwise. */
function unlessCalledOff(error: unknown): undefined {
  if (error instanceof DOMException) throw error
}
