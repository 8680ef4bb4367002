/** Why signing in did not work; `seconds` is how long to wait before the next try. */
export type SignInFailure =
  | { code: 'wrong' | 'disabled' | 'unreachable' | 'over' | 'failed' }
  /** The password was right; the page itself says what holds now. */
  | { code: 'waiting' | 'held' | 'kept' }
  | { code: 'rate-limited'; seconds: number }

const told = ['wrong', 'disabled', 'over', 'waiting', 'held', 'kept'] as const

/** Reads what the server threw: a code, with the seconds to wait after a colon. */
export function readFailure(error: string): SignInFailure {
  const [code, seconds] = error.split(':')
  const known = told.find((one) => one === error)
  if (known) return { code: known }
  if (code === 'rate-limited') return { code, seconds: Math.max(1, Math.ceil(Number(seconds)) || 60) }
  return { code: 'failed' }
}

export function failureText(failure: SignInFailure): string {
  switch (failure.code) {
    case 'wrong':
      return 'The name or the password is not right.'
    case 'disabled':
      return 'This account is disabled. Ask an administrator.'
    case 'unreachable':
      return 'The server cannot be reached. Try again.'
    case 'rate-limited':
      return `Too many tries. Wait ${failure.seconds} ${failure.seconds === 1 ? 'second' : 'seconds'}.`
    case 'over':
      return 'The waiting is over. Sign in again.'
    case 'waiting':
      return 'Your other session is being asked.'
    case 'held':
      return 'You are signed in on another device.'
    case 'kept':
      return 'Your other session kept its place.'
    case 'failed':
      return 'Sign-in did not work. Try again.'
  }
}
