/**
 * Most test files share a process with others, because loading everything anew for each took half of the time of all
 * tests. So each begins with the environment that the first found.
 */
const first = Symbol.for('switchboard.test-environment')
const found: unknown = Reflect.get(globalThis, first)
if (found instanceof Map) {
  for (const name of Object.keys(process.env)) if (!found.has(name)) Reflect.deleteProperty(process.env, name)
  for (const [name, value] of found) process.env[name] = value
} else {
  Reflect.set(globalThis, first, new Map(Object.entries(process.env)))
}
