import { bothInGeneral, ChatRoom, unique } from './chat-room'
import { expect, test } from './fixtures'

test('two people talk both ways, and each sees both messages once', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const [asked, answered] = [unique('Is the printer back?'), unique('Since this morning.')]

  await ben.say(asked)
  await cleo.expectSent(asked)
  await cleo.say(answered)
  await ben.expectSent(answered)

  for (const room of [ben, cleo]) {
    await room.expectSent(asked)
    await room.expectSent(answered)
    await expect(room.log.getByRole('listitem').last()).toContainText(answered)
  }
})

test('typing appears, and goes by itself or when the message comes', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const sign = cleo.panel.getByText('ben is typing')

  await ben.box.pressSequentially('Never se')
  await expect(sign).toBeVisible()
  await expect(sign).toBeHidden()

  const text = unique('Sent this time')
  await ben.box.fill(text)
  await expect(sign).toBeVisible()
  await ben.box.press('Enter')
  await cleo.expectSent(text)
  await expect(sign).toBeHidden()
  await expect(ben.panel.getByText('ben is typing')).toBeHidden()
})

test('a message is pending until the server has it, then sent', async ({ person }) => {
  const page = await person('ben')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.routeWebSocket(/socket\.io/, (line) => {
    const server = line.connectToServer()
    line.onMessage(async (message) => {
      if (String(message).includes('chat:post')) await held
      server.send(message)
    })
  })
  const room = await ChatRoom.open(page)
  const text = unique('On its way')

  await room.say(text)
  await expect(room.rows(text)).toHaveAttribute('data-state', 'pending')
  await expect(room.rows(text)).toContainText('sending')
  release()
  await room.expectSent(text)
})

test('an empty message and one too long stay in the box, and it says why', async ({ person }) => {
  const room = await ChatRoom.open(await person('ben', '/chat/general'))
  const before = await room.log.getByRole('listitem').count()

  await room.say('   ')
  await expect(room.panel.getByRole('alert')).toHaveText('Write something first.')
  await expect(room.box).toHaveValue('   ')

  const long = 'x'.repeat(2_001)
  await room.say(long)
  await expect(room.panel.getByRole('alert')).toHaveText('At most 2,000 characters. This has 2,001.')
  await expect(room.box).toHaveValue(long)
  await expect(room.box).toHaveAttribute('aria-invalid', 'true')
  await expect(room.box).toBeFocused()
  await expect(room.log.getByRole('listitem')).toHaveCount(before)

  const fitting = unique('Just fits').padEnd(2_000, 'x')
  await room.say(fitting)
  await room.expectSent(fitting)
  await expect(room.panel.getByRole('alert')).toBeHidden()
  await expect(room.box).toHaveValue('')
})

test('Enter sends, Shift+Enter breaks the line', async ({ person }) => {
  const room = await ChatRoom.open(await person('ben', '/chat/general'))
  const [first, second] = [unique('First line'), unique('second line')]

  await room.box.pressSequentially(first)
  await room.box.press('Shift+Enter')
  await room.box.pressSequentially(second)
  await expect(room.box).toHaveValue(`${first}\n${second}`)
  await room.box.press('Enter')

  await room.expectSent(first)
  await expect(room.rows(first).getByText(`${first}\n${second}`)).toBeVisible()
  await expect(room.box).toHaveValue('')
})

test('markup is shown as the text it is', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = `<img src=x onerror="document.title='gone wrong'"> ${unique('markup')}`

  await ben.say(text)
  for (const room of [ben, cleo]) {
    await room.expectSent(text)
    await expect(room.log.getByRole('img')).toHaveCount(0)
    await expect(room.page).toHaveTitle(/^(\(\d+\) )?Chat · Switchboard$/)
  }
})
