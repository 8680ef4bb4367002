import { bothInGeneral, ChatRoom, unique } from './chat-room'
import { postAll } from './client'
import { expect, test } from './fixtures'
import { badge, expectJoined, expectReturned } from './sign-in'

const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]

test.beforeEach(({ expectError }) => {
  for (const error of lineGone) expectError(error)
})

const numbersOf = (texts: string[]) => texts.map((text) => Number(text.match(/no\. (\d+)\./)?.[1]))

test('offline, others write, online again: everything is there once and in order', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const [missed, own] = [unique('missed'), unique('written offline')]

  await ben.page.context().setOffline(true)
  await expect(badge(ben.page)).toHaveAttribute('data-status', 'offline')
  await expect(ben.panel.getByText('The line is cut. What you send waits ten seconds for it.')).toBeVisible()
  await ben.say(own)
  await expect(ben.rows(own)).toHaveAttribute('data-state', 'pending')
  const bodies = Array.from({ length: 30 }, (_, index) => `${missed} no. ${index + 1}.`)
  await postAll(cleo.page, 'general', bodies.slice(0, 29))
  await cleo.say(`${missed} no. 30.`)
  await cleo.expectSent(`${missed} no. 30.`)
  await expect(ben.rows(missed)).toHaveCount(0)

  await ben.page.context().setOffline(false)
  await expectJoined(ben.page)
  for (const room of [ben, cleo]) {
    await room.expectSent(own)
    await expect(room.rows(missed)).toHaveCount(30)
    expect(numbersOf(await room.rows(missed).allInnerTexts())).toEqual(bodies.map((_, index) => index + 1))
  }
})

test('the server is killed while a message is being sent: it ends sent exactly once', async ({ app, person }) => {
  test.slow()
  const [ben, cleo] = await bothInGeneral(person)
  const [during, between] = [unique('sent into the cut'), unique('sent while it was down')]

  await ben.say(during)
  await app.kill()
  await expect(badge(ben.page)).toHaveAttribute('data-status', 'reconnecting')
  await expect(badge(ben.page)).toContainText('reconnecting')
  await ben.say(between)
  await expect(ben.rows(between)).toHaveAttribute('data-state', 'pending')
  await app.restart()

  await Promise.all([ben.page, cleo.page].map(expectReturned))
  // The cut may have come before the answer, and the server may take its time to return: then the person sends again.
  await ben.seeThrough(during)
  await ben.seeThrough(between)
  for (const room of [ben, cleo]) {
    await room.expectSent(during)
    await room.expectSent(between)
    await room.page.reload()
    await room.expectJoined()
    await room.expectSent(during)
    await room.expectSent(between)
  }
})

test('a message that waited too long has failed, and is sent once when asked to again', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = unique('waits in vain')

  await ben.page.context().setOffline(true)
  await expect(badge(ben.page)).toHaveAttribute('data-status', 'offline')
  await ben.say(text)
  await expect(ben.rows(text)).toHaveAttribute('data-state', 'failed', { timeout: 15_000 })
  await expect(ben.rows(text)).toContainText('Not sent: the line was cut.')
  await ben.page.context().setOffline(false)
  await expectJoined(ben.page)
  await expect(cleo.rows(text)).toHaveCount(0)

  await ben.rows(text).getByRole('button', { name: 'Send again' }).click()
  await ben.expectSent(text)
  await cleo.expectSent(text)
  await ben.page.reload()
  await ben.expectJoined()
  await ben.expectSent(text)
})

test('a message whose answer is lost and that is sent again is there once', async ({ person }) => {
  const page = await person('ben')
  const cleo = await ChatRoom.open(await person('cleo', '/chat/general'))
  const text = unique('Answered into nothing')
  let cut = () => {}
  let letBack = () => {}
  const back = new Promise<void>((resolve) => {
    letBack = resolve
  })
  let lines = 0
  await page.routeWebSocket(/socket\.io/, async (line) => {
    if (++lines > 1) await back
    const server = line.connectToServer()
    let deaf = false
    line.onMessage((message) => {
      deaf ||= lines === 1 && String(message).includes(text)
      server.send(message)
    })
    server.onMessage((message) => {
      if (!deaf) line.send(message)
    })
    cut = () => void line.close()
  })
  const ben = await ChatRoom.open(page)

  await ben.say(text)
  await cleo.expectSent(text)
  await expect(ben.rows(text)).toHaveAttribute('data-state', 'pending')
  cut()
  await ben.rows(text).getByRole('button', { name: 'Send again' }).click()
  letBack()
  for (const room of [ben, cleo]) {
    await room.expectJoined()
    await room.expectSent(text)
    await room.page.reload()
    await room.expectJoined()
    await room.expectSent(text)
  }
})
