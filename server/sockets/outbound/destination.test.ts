import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { isLoopback, isPublic } from './address'
import { AddressRefused, checkedLookup, readDestination } from './destination'

const none = { listed: [], ownPort: undefined }

describe('no address of a WebSocket:', () => {
  test.each([
    '',
    'echo',
    '//echo',
    'http://echo.example',
    'https://echo.example',
    'ws+unix:///tmp/x',
    'file:///etc/passwd',
    'ws://',
  ])('"%s"', (uri) => {
    expect(() => readDestination(uri, none)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  test('one that holds a password, and the password is not repeated', () => {
    const read = () => readDestination('ws://ada:hunter2@echo.example', none)
    expect(read).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(read).not.toThrow(/hunter2/)
  })
})

describe('forbidden, however it is written:', () => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['all of loopback', '127.255.255.254'],
    ['short', '127.1'],
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['one hexadecimal number', '0x7f000001'],
    ['one decimal number', '2130706433'],
    ['mixed', '0x7f.1'],
    ['in wide digits', '①②⑦.0.0.1'],
    ['with a dot behind it', '127.0.0.1.'],
    ['this network', '0.0.0.0'],
    ['zero', '0'],
    ['private, class A', '10.0.0.1'],
    ['private, class B', '172.31.255.255'],
    ['private, class C', '192.168.1.1'],
    ['behind a carrier', '100.64.0.1'],
    ['metadata', '169.254.169.254'],
    ['metadata as one number', '2852039166'],
    ['link-local', '169.254.0.1'],
    ['a test network', '198.51.100.7'],
    ['a benchmark network', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 loopback, written out', '[0:0:0:0:0:0:0:1]'],
    ['IPv6 unspecified', '[::]'],
    ['IPv4-mapped loopback', '[::ffff:127.0.0.1]'],
    ['IPv4-mapped loopback in hexadecimal', '[::ffff:7f00:1]'],
    ['IPv4-mapped metadata', '[::ffff:169.254.169.254]'],
    ['IPv4-compatible loopback', '[::127.0.0.1]'],
    ['NAT64 of loopback', '[64:ff9b::7f00:1]'],
    ['6to4 of a private address', '[2002:a00:1::]'],
    ['Teredo', '[2001:0:1::1]'],
    ['unique local', '[fd00::1]'],
    ['link-local', '[fe80::1]'],
    ['site-local', '[fec0::1]'],
    ['IPv6 multicast', '[ff02::1]'],
    ['documentation', '[2001:db8::1]'],
    ['AWS metadata over IPv6', '[fd00:ec2::254]'],
  ])('%s, %s', (_, host) => {
    for (const uri of [`ws://${host}`, `wss://${host}:8080/path`]) {
      expect(() => readDestination(uri, none), uri).toThrow(expect.objectContaining({ code: 'forbidden' }))
    }
  })

  test('this server under another port, and another machine under ours', () => {
    const allowed = { listed: [], ownPort: 3000 }
    for (const host of ['127.0.0.1:3001', '127.0.0.1', '10.0.0.1:3000', '[::2]:3000', '127.0.0.2:3000']) {
      expect(() => readDestination(`ws://${host}`, allowed), host).toThrow(
        expect.objectContaining({ code: 'forbidden' }),
      )
    }
  })

  test('what is listed under another port or name', () => {
    const allowed = { listed: ['10.0.0.1:8080', 'erp.internal'], ownPort: undefined }
    for (const host of ['10.0.0.1', '10.0.0.1:8081', '10.0.0.2:8080']) {
      expect(() => readDestination(`ws://${host}`, allowed), host).toThrow(
        expect.objectContaining({ code: 'forbidden' }),
      )
    }
    // Names are looked at when they are resolved.
    expect(readDestination('ws://erp.internal.example', allowed).permits('10.0.0.1')).toBe(false)
    expect(readDestination('ws://localhost', { listed: [], ownPort: 3000 }).permits('127.0.0.1')).toBe(false)
    expect(readDestination('ws://localhost.:3000', { listed: [], ownPort: 3000 }).permits('127.0.0.1')).toBe(false)
  })
})

describe('allowed:', () => {
  test.each(['8.8.8.8', '1.1.1.1:8080', '[2606:4700:4700::1111]', 'echo.example'])('the public %s', (host) => {
    expect(readDestination(`wss://${host}/path?query`, none).url.host).toBe(host)
  })

  test('this server, over loopback alone', () => {
    const allowed = { listed: [], ownPort: 3000 }
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const { permits } = readDestination(`ws://${host}:3000`, allowed)
      expect([permits('127.0.0.1'), permits('::1'), permits('10.0.0.1')], host).toEqual([true, true, false])
    }
  })

  test('what is listed, by address, by name and by port', () => {
    const allowed = { listed: ['10.0.0.1', 'erp.internal:8080', '[fd00::1]', 'files.internal:443'], ownPort: undefined }
    expect(readDestination('ws://10.0.0.1:9', allowed).permits('10.0.0.1')).toBe(true)
    expect(readDestination('ws://[fd00::1]', allowed).permits('fd00::1')).toBe(true)
    expect(readDestination('ws://ERP.internal:8080', allowed).permits('192.168.7.7')).toBe(true)
    expect(readDestination('ws://erp.internal', allowed).permits('192.168.7.7')).toBe(false)
    expect(readDestination('wss://files.internal', allowed).permits('192.168.7.7')).toBe(true)
  })
})

test.each(['', 'localhost', '127.0.0.1.', '1.2.3', 'fe80::1%eth0', '2606:4700::1%eth0', '::ffff:8.8.8.8'])(
  '"%s" is no public address',
  (address) => {
    expect(isPublic(address)).toBe(false)
  },
)

test.each(['', 'localhost', '10.0.0.1', '::2', '::ffff:10.0.0.1'])('"%s" is no loopback address', (address) => {
  expect(isLoopback(address)).toBe(false)
})

describe('a name', () => {
  /** As a resolver that answers these, one after the other. */
  const resolver = (...answers: string[][]) => {
    const asked = vi.fn()
    const lookup = (name: string, _: object, done: (error: null, addresses: LookupAddress[]) => void) => {
      asked(name)
      const answer = answers.shift() ?? []
      done(
        null,
        answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    return { asked, lookup: lookup as Parameters<typeof checkedLookup>[1] }
  }

  const reach = async (lookup: ReturnType<typeof checkedLookup>, port: number, autoSelectFamily: boolean) => {
    const socket = connect({ host: 'rebound.example', port, lookup, autoSelectFamily })
    try {
      await once(socket, 'connect')
      return socket.remoteAddress
    } finally {
      socket.destroy()
    }
  }

  test.each([true, false])(
    'is resolved once for each connection, and each answer is looked at (autoSelectFamily %s)',
    async (select) => {
      const server = createServer((socket) => socket.destroy())
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const { port } = server.address() as AddressInfo
      const { asked, lookup } = resolver(['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1', '127.0.0.2'], [])
      const checked = checkedLookup((address) => address === '127.0.0.1', lookup)
      expect(await reach(checked, port, select)).toBe('127.0.0.1')
      expect(asked).toHaveBeenCalledTimes(1)
      // The same name leads elsewhere the next time, or to both.
      await expect(reach(checked, port, select)).rejects.toBeInstanceOf(AddressRefused)
      await expect(reach(checked, port, select)).rejects.toBeInstanceOf(AddressRefused)
      await expect(reach(checked, port, select)).rejects.toThrow('no address')
      expect(asked).toHaveBeenCalledTimes(4)
      server.close()
    },
  )
})
