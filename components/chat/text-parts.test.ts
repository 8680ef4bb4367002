import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textParts } from './text-parts'

const links = (text: string) => textParts(text).flatMap(({ href }) => href ?? [])

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://',
  'http:///',
  'xhttps://example.org',
  'mailto:ben@example.org',
])('is no link: %s', (text) => {
  expect(links(text)).toEqual([])
})

test.each([
  ['See https://example.org/a.', 'https://example.org/a'],
  ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
  ['[https://example.org/a?b=1&c=2], then', 'https://example.org/a?b=1&c=2'],
  ['HTTPS://EXAMPLE.ORG/Path', 'https://example.org/Path'],
  ['https://example.org/"onmouseover="alert(1)', 'https://example.org/'],
])('the address within %s is %s', (text, href) => {
  expect(links(text)).toEqual([href])
})

test('nothing is lost, and whatever can be followed is http or https', () => {
  const words = fc.constantFrom('https://a.example/', 'http://', '@ben', ' ', '.', '(', ')', 'javascript:', '\n')
  const text = fc.array(fc.oneof(words, fc.string())).map((all) => all.join(''))
  fc.assert(
    fc.property(text, (written) => {
      const parts = textParts(written, 'ben')
      expect(parts.map((part) => part.text).join('')).toBe(written)
      for (const { href } of parts) if (href) expect(href).toMatch(/^https?:/)
    }),
  )
})

test("one's own name stands out where it is called, and not within another word", () => {
  const called = (text: string, me = 'ben') => textParts(text, me).flatMap((part) => (part.called ? part.text : []))
  expect(called('@ben, look: @Ben. Not @benedict, me@ben or ben.')).toEqual(['@ben', '@Ben'])
  expect(called('@a.b(c)? @aXb(c)', 'a.b(c)')).toEqual(['@a.b(c)'])
})
