import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { GameScreen, Lobby } from './game-page'
import { tabTo } from './keyboard'

test('a whole game of two people by the keyboard alone, and what a screen reader is told of it', async ({ person }) => {
  test.slow()
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/game')])
  const [hers, his] = [new GameScreen(ada), new GameScreen(ben)]
  for (const page of [ada, ben]) await Lobby.open(page)
  const [toldAda, toldBen] = [await listen(ada), await listen(ben)]

  await tabTo(ada.getByLabel('Opponent', { exact: true }))
  await ada.keyboard.type('ben')
  await tabTo(ada.getByRole('radio', { name: 'Drawn by lot' }))
  await ada.keyboard.press('ArrowRight')
  await tabTo(ada.getByRole('button', { name: 'Challenge', exact: true }))
  await ada.keyboard.press('Enter')
  await tabTo(ben.getByRole('main').getByRole('button', { name: 'Accept' }))
  await ben.keyboard.press('Enter')

  // The game takes the focus that the button before it had.
  await expect(hers.column(4)).toBeFocused()
  await expect(his.column(4)).toBeFocused()
  const waiting = 'Your turn. Make your first move within a minute.'
  // On a slow machine word of who is away comes after it.
  await expect.poll(toldAda).toContain(`polite: You play against ben. ${waiting}`)
  await expect.poll(toldBen).toContain('polite: You play against ada. Ada to move.')
  for (const screen of [hers, his]) await screen.expectJoined()

  // The same refusal twice is told twice.
  for (const _ of [1, 2]) await ben.keyboard.press('5')
  await expect(ben.getByText('It is not your turn.').first()).toBeVisible()
  const refusals = async () => (await toldBen()).filter((words) => words === 'assertive: It is not your turn.')
  await expect.poll(refusals).toHaveLength(2)

  await hers.press(4)
  await expect(his.news).toHaveText('Ada plays column 4. Your turn.')
  await his.press(3)
  await expect(hers.news).toHaveText('Ben plays column 3. Your turn.')
  await hers.press(4)

  // A button that is gone leaves the focus among the others.
  await tabTo(ada.getByRole('button', { name: 'Offer a draw' }))
  await ada.keyboard.press('Enter')
  const acts = (page: Page) => page.getByRole('group', { name: 'What you can do' })
  await expect(ada.getByText('You offer a draw.').first()).toBeVisible()
  await expect(acts(ada)).toBeFocused()
  await expect(his.news).toHaveText('Ada offers a draw.')
  await tabTo(ben.getByRole('button', { name: 'Decline' }))
  await ben.keyboard.press('Enter')
  await expect(hers.news).toHaveText('The draw was declined.')
  await expect(acts(ben)).toBeFocused()

  for (const [screen, other, column] of [
    [his, hers, 3],
    [hers, his, 4],
    [his, hers, 2],
  ] as const) {
    await tabTo(screen.board.locator('button[tabindex="0"]'))
    await screen.press(column)
    await expect(other.stand).toHaveText('Your turn.')
  }
  await tabTo(hers.board.locator('button[tabindex="0"]'))
  await ada.keyboard.press('4')
  await expect(hers.news).toHaveText('You play column 4. You won: four in a row.')
  await expect(his.news).toHaveText('Ada plays column 4. Ada won: four in a row.')

  await tabTo(ben.getByRole('button', { name: 'Rematch' }))
  await ben.keyboard.press('Enter')
  await expect(hers.news).toHaveText('Ben asks for a rematch.')
  await tabTo(ada.getByRole('button', { name: 'Accept the rematch with ben' }))
  await ada.keyboard.press('Enter')
  await expect.poll(toldBen).toContain(`polite: You play against ada. ${waiting}`)
  await expect(his.column(4)).toBeFocused()
  await expect(hers.column(4)).toBeFocused()
  await tabTo(ben.getByRole('button', { name: 'Resign' }))
  await ben.keyboard.press('Enter')
  await tabTo(ben.getByRole('alertdialog').getByRole('button', { name: 'Resign' }))
  await ben.keyboard.press('Enter')
  await expect(his.news).toHaveText('Ada won: you resigned.')
  await expect(acts(ben)).toBeFocused()
})

test('the whole board fits on a phone that lies on its side', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/game')])
  const mine = await Lobby.open(ada)
  await mine.challenge({ opponent: 'ben' })
  await (await Lobby.open(ben)).challenges.getByRole('button', { name: 'Accept' }).click()
  const screen = new GameScreen(ada)
  await screen.expectJoined()
  for (const [width, height] of [
    [740, 360],
    [667, 375],
    [800, 360],
    [1024, 600],
    [360, 740],
  ] as const) {
    await ada.setViewportSize({ width, height })
    await expect(screen.board).toBeInViewport({ ratio: 1 })
    for (const name of ['ada', 'ben']) await expect(screen.card(name)).toBeInViewport({ ratio: 1 })
    await expect(screen.stand).toBeInViewport({ ratio: 1 })
  }
  await ada.getByRole('button', { name: 'Resign' }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Resign' }).click()
  await expect(ada.getByRole('link', { name: 'Back to the lobby' })).toBeVisible()
})

/** Gives what the page's live regions have said since. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const words: string[] = []
    const regions = '[aria-live]:not([aria-live=off]), [role=alert], [role=status]'
    const observer = new MutationObserver((changes) => {
      const found = changes.map(({ target }) => (target instanceof Element ? target : target.parentElement))
      for (const region of new Set(found.map((element) => element?.closest(regions)))) {
        const text = region?.textContent?.trim()
        if (text) words.push(`${region?.getAttribute('aria-live') ?? region?.getAttribute('role')}: ${text}`)
      }
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    return words
  })
  return () => said.jsonValue()
}
