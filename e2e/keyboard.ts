import { expect, type Locator } from '@playwright/test'

const most = 60

/** Presses Tab until it has come to this control, as somebody without a mouse would. */
export async function tabTo(control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let press = 0; press < most; press++) {
    await control.page().keyboard.press('Tab')
    if (await control.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${control} cannot be reached with ${most} presses of Tab.`)
}
