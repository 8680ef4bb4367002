import { prepareTemplate } from '#server/db/template'

/** The template is made before all tests, because the first of them would make it side by side and run out of time. */
export async function setup(): Promise<void> {
  await prepareTemplate()
}
