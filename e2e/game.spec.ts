import { expect, test } from './fixtures'
import { begin, GameScreen } from './game-page'
import { expectReturned, signIn } from './sign-in'

// The pieces fall in these tests.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a whole game, by keyboard on one side and by clicks on the other, while somebody watches', async ({ person }) => {
  const [ada, ben, cleo] = await Promise.all([person('ada', '/game'), person('ben', '/game'), person('cleo')])
  const [hers, his] = await begin(ada, ben, { opponent: 'ben' })
  await cleo.goto(new URL(ada.url()).pathname)
  const watched = new GameScreen(cleo)
  await watched.expectJoined()
  await expect(watched.stand).toHaveText('Ada to move.')
  await expect(cleo.getByRole('button', { name: /Resign|draw/ })).toHaveCount(0)
  await expect(ada.getByRole('list', { name: /are here$/ })).toHaveAccessibleName('ada, ben and cleo are here')

  // Tab comes to the board once; the arrows go along its columns.
  await hers.column(4).focus()
  await ada.keyboard.press('Home')
  await expect(hers.column(1)).toBeFocused()
  await ada.keyboard.press('ArrowRight')
  await ada.keyboard.press('Enter')
  await expect(hers.column(2)).toHaveAccessibleName('Column 2, 5 free. From the bottom: you.')
  await expect(his.news).toHaveText('Ada plays column 2. Your turn.')
  await expect(watched.news).toHaveText('Ada plays column 2. Ben to move.')

  // Out of turn nothing moves, and it says why.
  await ada.keyboard.press('5')
  await expect(ada.getByText('It is not your turn.').first()).toBeVisible()
  await expect(hers.column(5)).toHaveAccessibleName('Column 5, 6 free.')
  await watched.column(7).click({ force: true })
  await expect(cleo.getByText('You watch this game').first()).toBeVisible()
  await expect(watched.moves).toHaveCount(1)

  for (const number of [3, 4]) {
    await his.click(1)
    await expect(hers.news).toHaveText('Ben plays column 1. Your turn.')
    await hers.column(4).focus()
    await hers.press(number)
  }
  await his.click(1)
  await expect(hers.stand).toHaveText('Your turn.')
  await hers.press(5)
  await expect(hers.stand).toHaveText('You won: four in a row.')
  await expect(his.stand).toHaveText('Ada won: four in a row.')
  await expect(watched.news).toHaveText('Ada plays column 5. Ada won: four in a row.')
  for (const screen of [hers, his, watched]) await expect(screen.board.locator('circle.stroke-ink')).toHaveCount(4)

  // Both ask at once: it is one game, with the seats swapped.
  await Promise.all([hers, his].map(({ page }) => page.getByRole('button', { name: /ematch/ }).click()))
  await expect(his.stand).toHaveText('Your turn.')
  await expect(hers.stand).toHaveText('Ben to move.')
  expect(ada.url()).toBe(ben.url())
  await cleo.getByRole('link', { name: 'Go to the rematch' }).click()
  await expect(watched.stand).toHaveText('Ben to move.')
  await resign(his)
})

test('a draw is offered, declined and agreed; resigning asks once', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/game')])
  const [hers, his] = await begin(ada, ben, { opponent: 'ben' })
  await ada.getByRole('button', { name: 'Offer a draw' }).click()
  await expect(his.news).toHaveText('Ada offers a draw.')
  await ben.getByRole('button', { name: 'Decline' }).click()
  await expect(hers.news).toHaveText('The draw was declined.')
  await ben.getByRole('button', { name: 'Offer a draw' }).click()
  await ada.getByRole('button', { name: 'Accept the draw' }).click()
  for (const { stand } of [hers, his]) await expect(stand).toHaveText('Drawn by agreement.')

  await ada.getByRole('button', { name: 'Rematch' }).click()
  await ben.getByRole('button', { name: 'Accept the rematch with ada' }).click()
  await expect(his.stand).toHaveText('Your turn.')
  await ben.getByRole('button', { name: 'Resign' }).click()
  await ben.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(his.stand).toHaveText('Your turn.')
  await resign(his)
  await expect(hers.stand).toHaveText('You won: ben resigned.')
})

test('whose line is cut keeps the seat, and a move made meanwhile is played once on return', async ({
  person,
  expectError,
}) => {
  expectError(/ERR_INTERNET_DISCONNECTED|WebSocket/)
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/game')])
  const [hers, his] = await begin(ada, ben, { opponent: 'ben' })
  await hers.click(4)
  await expect(his.stand).toHaveText('Your turn.')
  await ben.context().setOffline(true)
  await expect(ben.getByText('The line is cut. The board is as it was then.')).toBeVisible()
  await his.column(4).click()
  await expect(ben.getByText('Your move is kept, and sent once it is back.')).toBeVisible()
  await expect(hers.card('ben').getByText(/Away\. Seat kept for \d+ s/)).toBeVisible()
  await expect(hers.news).toHaveText('Ben is away. The seat is kept for 60 seconds.')

  await ben.context().setOffline(false)
  await expect(hers.moves).toHaveCount(2)
  await expect(hers.card('ben').getByText(/Away/)).toHaveCount(0)
  await expect(hers.stand).toHaveText('Your turn.')
  await expect(his.moves).toHaveCount(2)
  await resign(his)
})

test('the server is killed in mid-game, and the game goes on', async ({ ownApp, visitor, expectError }) => {
  expectError(/WebSocket|ERR_CONNECTION|Failed to load|Failed to fetch/)
  const [ada, ben] = await Promise.all([visitor({ baseURL: ownApp.url }), visitor({ baseURL: ownApp.url })])
  await signIn(ada, 'ada', '/game')
  await signIn(ben, 'ben', '/game')
  const [hers, his] = await begin(ada, ben, { opponent: 'ben', time: '3 + 2' })
  await hers.click(4)
  await his.click(4)
  const clock = hers.page.getByRole('timer', { name: 'Clock of ada' })
  await ownApp.kill()
  await expect(ada.getByText('The line is cut. The board is as it was then.')).toBeVisible()
  await hers.column(3).click()
  await ownApp.restart()
  await Promise.all([ada, ben].map(expectReturned))
  for (const screen of [hers, his]) {
    await screen.expectJoined()
    await expect(screen.moves).toHaveCount(3)
  }
  await expect(his.stand).toHaveText('Your turn.')
  await expect(clock).toHaveText(/^[23]:\d\d$/)
  await his.click(3)
  await expect(hers.stand).toHaveText('Your turn.')
})

async function resign({ page }: GameScreen): Promise<void> {
  await page.getByRole('button', { name: 'Resign' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Resign' }).click()
  await expect(page.getByRole('link', { name: 'Back to the lobby' })).toBeVisible()
}
