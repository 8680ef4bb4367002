import { CallRefused } from '#components/realtime/call'

/** Why a call did not work, in words for the person. */
export function failureOf(error: unknown): string {
  return error instanceof CallRefused ? error.message : 'Something failed on this page.'
}
