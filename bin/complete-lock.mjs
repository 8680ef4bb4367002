/**
 * Adds to package-lock.json the optional packages of other platforms that package.json files name but npm
 * left out, because its registry did not have them or node_modules was there already (npm/cli #4828).
 * Without them `npm ci` refuses the lock file. Run it after `npm install`, then commit the lock file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { root } from './root.mjs'

const file = `${root}/package-lock.json`
const systems = ['android', 'darwin', 'freebsd', 'linux', 'win32']
const lock = JSON.parse(readFileSync(file, 'utf8'))

/** From the name alone: the package itself is not there to ask. */
function entryFor(name, version, { dev, devOptional }) {
  const os = systems.find((system) => name.includes(system))
  const cpu = name.match(/arm64|x64|ia32|arm|wasm32|riscv64|ppc64|s390x/)?.[0]
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(devOptional && { devOptional }),
    ...(name.includes('musl') && { libc: ['musl'] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

/** Whether a package at `path` would find `name`: beside it or in any folder above. */
function isLocked(path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${from}${from && '/'}node_modules/${name}`]) return true
    if (!from) return false
  }
}

let added = 0
for (const [path, info] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(info.optionalDependencies ?? {})) {
    if (isLocked(path, name) || !/^\d+\.\d+\.\d+/.test(version)) continue
    lock.packages[`node_modules/${name}`] = entryFor(name, version, info)
    added++
  }
}
const sorted = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} optional packages added`)
