import { CallRefused } from './call'

/** Why a call did not work, in words for the person. */
export function failureOf(error: unknown): string {
  return error instanceof CallRefused ? error.message : 'Something failed on this page.'
}

/** Whether it may have been carried out all the same: the line was cut, or no answer came. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof CallRefused && error.refused.code === 'unavailable'
}
