import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface Source {
  /** From the top of the repository, with slashes. */
  path: string
  text: string
}

export interface Import {
  /** As written. */
  from: string
  /** The file meant, from the top and without its ending; a package by its name. */
  target: string
}

const roots = ['app', 'bench', 'bin', 'channels', 'components', 'e2e', 'prisma', 'server']
const skipped = ['server/db/generated', 'bin/architecture.test.ts', 'bin/architecture-rules.ts']

export function readSources(root: string): Source[] {
  const filesIn = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
      const inner = `${path}/${entry.name}`
      if (skipped.includes(inner)) return []
      return entry.isDirectory() ? filesIn(inner) : [inner]
    })
  return roots
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap(filesIn)
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const statement = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm
const call = /\b(?:import|require)\(\s*['"`]([^'"`\n]+)['"`]/g

/** Types count as well: who names another's types depends on it. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(statement), ...text.matchAll(call)].flatMap(([, from]) =>
    from ? [{ from, target: targetOf(path, from) }] : [],
  )
}

function targetOf(path: string, from: string): string {
  if (from.startsWith('#')) return from.slice(1)
  if (from.startsWith('.')) return join(dirname(path), from).replace(/\.(tsx?|mjs)$/, '')
  return from
}

/** A test, or what only tests import: `x.test.ts`, `test-x.ts`. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || basename(path).startsWith('test-')
}
