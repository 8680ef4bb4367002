import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const screens = fileURLToPath(new URL('../test-results/screens/', import.meta.url))

/** No violation that axe calls serious or critical. */
export async function expectAccessible(page: Page): Promise<void> {
  await standStill(page)
  // Evaluated by the debugger, not put in by a script tag, which the security policy forbids.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axe)
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  const grave = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = grave.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join('; ')}`,
  )
  expect(told, `axe at ${page.url()}`).toEqual([])
}

/** Nothing is wider than the window. */
export async function expectFitting(page: Page): Promise<void> {
  const over = await page.evaluate(() => {
    const wide = [...document.querySelectorAll('html, body, main, main *')].filter(
      (element) => element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'auto',
    )
    const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth
    return {
      beyond,
      scrolling: wide.filter((element) => !element.matches('nav')).map((element) => element.outerHTML.slice(0, 120)),
    }
  })
  expect(over, `horizontal scrolling at ${page.url()}`).toEqual({ beyond: 0, scrolling: [] })
}

/** Goes through the page with Tab, once round, and finds an outline at every stop. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const unseen: string[] = []
  const stops = new Set<string>()
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return null
      // The outline may be drawn round the control's frame: a segment, a card, the box of the composer.
      let outlined = false
      for (let element: Element | null = focused, up = 0; element && up < 4; element = element.parentElement, up++) {
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        outlined ||= outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      }
      const path = [...document.querySelectorAll('*')].indexOf(focused)
      return { name: `${path} ${focused.outerHTML.slice(0, 100)}`, outlined }
    })
    if (!stop) continue
    if (stops.has(stop.name)) break
    stops.add(stop.name)
    if (!stop.outlined) unseen.push(stop.name)
  }
  expect(stops.size, 'stops of Tab').toBeGreaterThan(0)
  expect(unseen, `no visible focus at ${page.url()}`).toEqual([])
}

export async function photograph(page: Page, name: string): Promise<void> {
  await standStill(page)
  await page.screenshot({ path: `${screens}${name}.png` })
}

/** What is still fading in has neither its colours nor its place. */
async function standStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
      // What is folded away does not fade, and never comes to its end.
      .filter(({ effect }) => effect instanceof KeyframeEffect && effect.target?.checkVisibility())
    await Promise.allSettled(passing.map((one) => one.finished))
  })
}
