import { expect, type Locator } from '@playwright/test'

const most = 80

/** Presses Tab until it has come to this control, as somebody without a mouse would. */
export async function tabTo(control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let presses = 0; presses <= most; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await control.page().keyboard.press('Tab')
  }
  throw new Error(`${control} cannot be reached with ${most} presses of Tab.`)
}
