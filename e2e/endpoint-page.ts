import { expect, type Locator, type Page } from '@playwright/test'

/** What a person does on the page of endpoints. */
export class EndpointPage {
  constructor(readonly page: Page) {}

  async expectJoined(): Promise<void> {
    await expect(this.page.getByRole('tabpanel').locator('[data-status]').first()).toHaveAttribute(
      'data-status',
      'joined',
    )
  }

  /** Goes to one of the three: Endpoints, Outbound, Telemetry. */
  async show(tab: 'Endpoints' | 'Outbound' | 'Telemetry'): Promise<void> {
    await this.page.getByRole('tab', { name: tab }).click()
    await this.expectJoined()
  }

  endpoint(path: string): Locator {
    return this.page
      .getByRole('list', { name: 'Endpoints' })
      .getByRole('listitem')
      .filter({ has: this.page.getByText(path, { exact: true }) })
  }

  /** The console of the endpoint that is chosen. */
  get console(): Locator {
    return this.page.getByRole('region', { name: /^Console of / })
  }

  async open(path: string): Promise<void> {
    await this.page.getByLabel('Endpoint', { exact: true }).selectOption(path)
    await this.console.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(this.console).toHaveAttribute('data-status', 'open')
  }

  async send(text: string, as?: 'Text' | 'JSON' | 'MessagePack'): Promise<void> {
    // The label is what is there to be pressed; the radio button itself is for screen readers.
    if (as) await this.console.getByRole('group', { name: 'Send as' }).getByText(as, { exact: true }).click()
    await this.console.getByRole('textbox', { name: 'Message' }).fill(text)
    await this.console.getByRole('textbox', { name: 'Message' }).press('Enter')
  }

  frames(kind: 'in' | 'out' | 'line'): Locator {
    return this.console.getByRole('region', { name: 'Frames' }).locator(`li[data-kind=${kind}]`)
  }

  client(uri: string): Locator {
    return this.page
      .getByRole('list', { name: 'Outbound sockets' })
      .locator('> li')
      .filter({ has: this.page.getByRole('heading', { name: uri }) })
  }
}
