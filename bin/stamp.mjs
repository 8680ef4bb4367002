import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.mjs'

/** One hash over names and contents of files and folders, less tests and what `skip` names. */
export function hashOf(paths, skip = []) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const path of paths.flatMap((path) => filesIn(path, skip))) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function filesIn(path, skip) {
  const place = join(root, path)
  if (skip.includes(path) || /\.test\.tsx?$/.test(path) || !existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [path]
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`, skip))
}

/** What a finished step was made from, kept beside its product. */
export function isStamped(path, hash) {
  const place = join(root, path)
  return existsSync(place) && readFileSync(place, 'utf8') === hash
}

/** Before a step begins, so that one that fails or is killed counts as not done. */
export function removeStamp(path) {
  rmSync(join(root, path), { force: true })
}

export function writeStamp(path, hash) {
  const place = join(root, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, hash)
}
