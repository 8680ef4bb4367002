const heartbeat = 15_000

export function say(step, text) {
  console.log(step.padEnd(10) + text)
}

/** Ends the command: what happened, and what to do. */
export function stop(step, text) {
  console.error(step.padEnd(10) + text)
  process.exit(1)
}

/**
 * Says that a step has begun and, every 15 s, that it still runs; not so with `quiet`, when the program says it itself.
 * Returns what ends that and tells how long the step took.
 */
export function begin(step, doing, { quiet = false } = {}) {
  const start = performance.now()
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`
  say(step, `${doing} ...`)
  const timer = quiet ? undefined : setInterval(() => say(step, `${doing} ... ${elapsed()}`), heartbeat)
  return () => {
    clearInterval(timer)
    return elapsed()
  }
}
