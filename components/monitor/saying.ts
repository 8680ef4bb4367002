import { failureOf } from '#components/realtime/failure'

/** Resolves with why it did not work, in words. */
export async function saying(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
  } catch (error) {
    return failureOf(error)
  }
}
