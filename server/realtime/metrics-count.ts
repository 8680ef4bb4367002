import type { ChannelContract } from '#channels/contract'
import { container } from '#server/container'

/** Counts a join that is answered: with a page of the log, or where there is none, with the state. */
export function countJoin(
  { name: channel }: Pick<ChannelContract, 'name'>,
  replay?: { pushes: unknown[] } | null,
): void {
  const { replays, replayedPushes, stateLoads } = container().metrics
  if (!replay) {
    stateLoads.inc({ channel })
  } else {
    replays.inc({ channel })
    replayedPushes.inc({ channel }, replay.pushes.length)
  }
}

/** By name. */
export interface CountedCall {
  channel: string
  call: string
}

/** `reply`, which also counts the call by its outcome and the time from now to its answer. */
export function countCall(counted: CountedCall, reply: (answer: unknown) => void): (answer: unknown) => void {
  const begunAt = performance.now()
  return (answer) => {
    const { calls, callSeconds } = container().metrics
    calls.inc({ ...counted, outcome: outcomeOf(answer) })
    callSeconds.observe({ channel: counted.channel, call: counted.call }, (performance.now() - begunAt) / 1_000)
    reply(answer)
  }
}

/** The code of a refusal, else `ok`. */
export function outcomeOf(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : 'ok'
}
