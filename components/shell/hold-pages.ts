import { toast } from 'sonner'
import { backOff } from '#components/realtime/back-off'
import { connection } from '#components/realtime/socket'
import { pageAnswer, wantsPage } from './page-answer.ts'

const told = 'page-held'

/**
 * Next leaves a page it could not fetch to the browser, whose own error page then takes the place of ours with all that
 * was typed on it. All ways to a page (link, `push`, back, `refresh`) come together in `fetch`, so it is there that a
 * request waits for the server. Next's `experimental.useOffline` does so too, but sends a server action again as well,
 * though only its answer may have been lost. `shown` is the address of the page on screen. Answers with the way to end it.
 */
export function holdPages(shown: () => string): () => void {
  const plain = window.fetch
  const held = new Set<object>()
  let stayed = new AbortController()

  function forget() {
    stayed.abort()
    stayed = new AbortController()
    held.clear()
    untell()
  }

  function stay() {
    forget()
    // Whatever Next has begun, this takes its place: the page on screen, at its address.
    window.history.replaceState(null, '', window.location.href)
  }

  function tell(address: string) {
    // On the way back the address has changed already, and there is no staying.
    const free = address !== addressOf(window.location.href)
    toast.warning('That page cannot be opened now.', {
      id: told,
      duration: Number.POSITIVE_INFINITY,
      description: `The server does not answer. The page opens when it does${free ? ', unless you go on writing here.' : '.'}`,
      action: free ? { label: 'Stay here', onClick: stay } : { label: 'Close', onClick: () => {} },
    })
    if (free) document.addEventListener('input', stay, { capture: true })
  }

  function untell() {
    toast.dismiss(told)
    document.removeEventListener('input', stay, { capture: true })
  }

  async function hold(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    const address = addressOf(input)
    // Of two pages that somebody asked for, the later one counts.
    if (held.size > 0 && address !== shown()) forget()
    const { signal } = stayed
    const begin = () => {
      // The page on screen anew is nobody's wish, and the badge says enough.
      if (signal.aborted || address === shown()) return
      held.add(begin)
      tell(address)
    }
    const ask = () => plain.call(window, input, init)
    const answer = await pageAnswer(ask, { begin, next: (failures) => worthATry(failures, signal) })
    if (held.delete(begin) && held.size === 0) untell()
    // Next would go there after all. What is never answered it forgets.
    return signal.aborted ? new Promise<never>(() => {}) : answer
  }

  window.fetch = (input, init) => (wantsPage(init) ? hold(input, init) : plain.call(window, input, init))
  return () => {
    window.fetch = plain
    if (held.size > 0) stay()
  }
}

function addressOf(input: RequestInfo | URL): string {
  const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input, window.location.href)
  searchParams.delete('_rsc')
  const search = searchParams.toString()
  return pathname + (search && `?${search}`)
}

/** The line is back, or some time has passed: a line can be cut where pages still come through. Never once `signal` is aborted. */
function worthATry(failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return
    const timer = setTimeout(done, backOff(failures))
    const unsubscribe = connection().subscribe(() => connection().status.is === 'connected' && done())
    signal.addEventListener('abort', off)
    function off() {
      clearTimeout(timer)
      unsubscribe()
      signal.removeEventListener('abort', off)
    }
    function done() {
      off()
      resolve()
    }
  })
}
