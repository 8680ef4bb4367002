import { expect, type Locator, type Page } from '@playwright/test'

interface Wish {
  /** A name; by default anyone. */
  opponent?: string
  time?: '1 + 0' | '3 + 2' | '10 + 5' | '30 + 0'
  first?: 'Drawn by lot' | 'I do' | 'They do'
}

/** Where people find each other. */
export class Lobby {
  readonly challenges: Locator
  readonly games: Locator
  readonly standings: Locator

  constructor(readonly page: Page) {
    this.challenges = page.getByRole('list', { name: 'Challenges' }).getByRole('listitem')
    this.games = page.getByRole('list', { name: 'Games under way' }).getByRole('listitem')
    this.standings = page.getByRole('region', { name: 'Standings' })
  }

  static async open(page: Page): Promise<Lobby> {
    if (new URL(page.url()).pathname !== '/game') await page.goto('/game')
    await expect(page.locator('[data-room=joined]')).toBeVisible()
    return new Lobby(page)
  }

  async challenge({ opponent = 'Anyone', time = '10 + 5', first = 'I do' }: Wish): Promise<void> {
    await this.page.getByLabel('Opponent', { exact: true }).selectOption({ label: opponent })
    // The label is what is there to be pressed; the radio button itself is for screen readers.
    for (const name of [time, first]) await this.page.locator('form').getByText(name, { exact: true }).click()
    await this.page.getByRole('button', { name: 'Challenge', exact: true }).click()
  }
}

/** A game as a person sees it. */
export class GameScreen {
  readonly board: Locator
  /** Whose turn it is, or how it ended. */
  readonly stand: Locator
  /** What a screen reader was told last. */
  readonly news: Locator
  readonly moves: Locator

  constructor(readonly page: Page) {
    this.board = page.getByRole('group', { name: 'Board' })
    this.stand = page.locator('[data-stand]')
    this.news = page.locator('[data-news]')
    this.moves = page.getByRole('list', { name: 'Moves' }).getByRole('listitem')
  }

  async expectJoined(): Promise<void> {
    await expect(this.page.locator('main [data-room=joined]')).toBeVisible()
  }

  /** Counted from 1, as people do. */
  column(number: number): Locator {
    return this.board.getByRole('button', { name: new RegExp(`^Column ${number},`) })
  }

  card(name: string): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${name}`) })
  }

  async click(number: number): Promise<void> {
    const before = await this.moves.count()
    await this.column(number).click()
    await expect(this.moves).toHaveCount(before + 1)
  }

  /** The digit, while the board has the focus. */
  async press(number: number): Promise<void> {
    const before = await this.moves.count()
    await this.page.keyboard.press(String(number))
    await expect(this.moves).toHaveCount(before + 1)
  }
}

/** A game that has begun: the first page's person, who challenged the other's, plays first. */
export async function begin(
  first: Page,
  second: Page,
  wish: Wish & { opponent: string },
): Promise<[GameScreen, GameScreen]> {
  const [mine, theirs] = [await Lobby.open(first), await Lobby.open(second)]
  await mine.challenge(wish)
  await theirs.challenges.filter({ hasText: 'challenges you' }).getByRole('button', { name: 'Accept' }).click()
  const screens: [GameScreen, GameScreen] = [new GameScreen(first), new GameScreen(second)]
  for (const screen of screens) {
    await screen.page.waitForURL(/\/game\/[0-9a-f-]{36}$/)
    await screen.expectJoined()
    await expect(screen.board).toBeVisible()
  }
  return screens
}
