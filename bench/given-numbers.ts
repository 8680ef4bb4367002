/**
 * What a program was given on its command line: whole numbers, in the order of their defaults. For anything
 * else it says what it takes, and ends with 2.
 */
export function givenNumbers<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const given = process.argv.slice(2)
  const names = Object.keys(defaults)
  const isRight = given.length <= names.length && given.every((text) => /^\d{1,9}$/.test(text))
  if (!isRight) {
    process.stderr.write(
      `Takes whole numbers: ${names.map((name) => `[${name}]`).join(' ')}. Given: ${given.join(' ')}\n`,
    )
    process.exit(2)
  }
  return { ...defaults, ...Object.fromEntries(given.map((text, nth) => [names[nth], Number(text)])) }
}
