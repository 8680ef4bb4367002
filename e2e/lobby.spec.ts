import { expect, test } from './fixtures'
import { begin, GameScreen, Lobby } from './game-page'
import { expectJoined, signIn } from './sign-in'

test('a challenge to one person finds them wherever they are, and nobody else', async ({ person }) => {
  const [ada, ben, cleo] = await Promise.all([person('ada', '/game'), person('ben', '/'), person('cleo', '/game')])
  const [hers, others] = [await Lobby.open(ada), await Lobby.open(cleo)]
  await expectJoined(ben)
  await hers.challenge({ opponent: 'ben', first: 'They do' })
  await expect(hers.challenges).toContainText('You challenge ben')
  await expect(hers.challenges).toContainText('they play first')

  // A notice, which leads to the challenge itself.
  const notice = ben.locator('[data-sonner-toast]').filter({ hasText: 'ada challenges you to Connect Four' })
  await expect(notice).toBeVisible()
  await notice.getByRole('button').first().click()
  await ben.waitForURL(/\/game\/[0-9a-f-]{36}$/)
  await expect(others.challenges).toHaveCount(0)

  await ben.getByRole('main').getByRole('button', { name: 'Accept' }).click()
  await ada.waitForURL(ben.url())
  const [first, second] = [new GameScreen(ben), new GameScreen(ada)]
  await expect(first.stand).toHaveText('Your turn.')
  await expect(second.stand).toHaveText('Ben to move.')
  await expect(others.games).toContainText('ben – ada')
  await ada.getByRole('button', { name: 'Resign' }).click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Resign' }).click()
  await expect(others.games).toHaveCount(0)
})

test('one to anyone stands until it is taken or withdrawn, and one that is declined says so', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/game')])
  const [hers, his] = [await Lobby.open(ada), await Lobby.open(ben)]
  await hers.challenge({ first: 'Drawn by lot' })
  await expect(his.challenges).toContainText('ada challenges anyone')
  await expect(his.challenges).toContainText('10 + 5, first move drawn by lot')
  await hers.challenges.getByRole('button', { name: 'Withdraw' }).click()
  for (const lobby of [hers, his]) await expect(lobby.challenges).toHaveCount(0)
  await expect(ben.getByText('Nobody is waiting for an opponent')).toBeVisible()

  await hers.challenge({ opponent: 'ben' })
  await his.challenges.getByRole('button', { name: 'Decline' }).click()
  await expect(ada.getByText('ben declined your challenge.')).toBeVisible()
  await expect(hers.challenges).toHaveCount(0)

  for (const count of [1, 2, 3]) {
    await hers.challenge({})
    await expect(hers.challenges).toHaveCount(count)
  }
  await hers.challenge({})
  await expect(ada.getByRole('alert').filter({ hasText: 'Withdraw one first.' })).toBeVisible()
  for (const left of [2, 1, 0]) {
    await hers.challenges.first().getByRole('button', { name: 'Withdraw' }).click()
    await expect(hers.challenges).toHaveCount(left)
  }
})

test('who is in the lobby can be chosen, and how a game ends shows in the standings at once', async ({
  ownApp,
  visitor,
}) => {
  const open = () => visitor({ baseURL: ownApp.url })
  const [ada, ben, cleo] = await Promise.all([open(), open(), open()])
  for (const [name, page] of Object.entries({ ada, ben, cleo })) await signIn(page, name, '/game')
  const watching = await Lobby.open(cleo)
  await expect(watching.standings).toContainText('No game has been decided yet')
  await Lobby.open(ben)
  await (await Lobby.open(ada)).page.getByRole('button', { name: 'Choose ben as opponent' }).click()
  await expect(ada.getByLabel('Opponent', { exact: true })).toBeFocused()
  await expect(ada.getByLabel('Opponent', { exact: true }).locator('option:checked')).toHaveText('ben')

  const [first, second] = await begin(ada, ben, { opponent: 'ben' })
  for (const [hers, his] of [
    [1, 2],
    [1, 2],
    [1, 2],
  ]) {
    await first.click(hers ?? 1)
    await expect(second.stand).toHaveText('Your turn.')
    await second.click(his ?? 2)
    await expect(first.stand).toHaveText('Your turn.')
  }
  await first.click(1)
  await expect(second.stand).toHaveText('Ada won: four in a row.')
  const row = (name: string) => watching.standings.getByRole('row').filter({ hasText: name })
  await expect(row('ada')).toHaveText(/1ada11001$/)
  await expect(row('ben')).toHaveText(/2ben00011$/)
})
