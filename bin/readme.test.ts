import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { useCases } from '#components/catalog'
import { settings } from '#server/settings'

const readme = readFileSync('README.md', 'utf8')

function section(name: string): string {
  const [, text = ''] = readme.match(new RegExp(`<!-- ${name}: [^\\n]*-->\\n([\\s\\S]*?)<!-- end -->`)) ?? []
  // The formatter pads the cells.
  return text.trim().replace(/ +/g, ' ').replace(/-{3,}/g, '---')
}

test('the table of settings says what server/settings.ts says', () => {
  const rows = settings.map(({ name, default: value, meaning }) => `| \`${name}\` | ${value} | ${meaning} |`)
  expect(section('settings')).toBe(['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n'))
})

test('the table of use cases says what components/catalog.ts says', () => {
  const rows = useCases.map(({ title, href, blurb, features, works }) => {
    const place = works ? `\`${href}\`` : 'to come'
    return `|${works ? ' ✓' : ''} | ${title} | ${blurb} | ${features.join(', ')} | ${place} |`
  })
  const head = ['| works | use case | what it proves | features | where |', '| --- | --- | --- | --- | --- |']
  expect(section('use cases')).toBe([...head, ...rows].join('\n'))
})

test('every file it links to is there', () => {
  // An address with brackets or spaces of its own stands between < and >.
  const links = [...readme.matchAll(/\]\((?:<([^>]+)>|([^()\s]+))\)/g)].map(
    ([, bracketed, plain]) => bracketed ?? plain ?? '',
  )
  const files = links.filter((link) => !link.startsWith('http'))
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => !existsSync(file))).toEqual([])
})
