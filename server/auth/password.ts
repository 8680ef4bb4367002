import { hash, parseOptions, verify } from '@node-rs/argon2'

/**
 * Argon2id with 19 MiB, 2 iterations, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet,
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Made with the same parameters, of a password nobody knows. */
export const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$J4CoGF9UqwYrTm4Ete30rw$1cDh/yp1EXF1yQpxxqoB6QSQy5j8v2vbMBkwidhaqmc'

export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), parameters)
}

/**
 * Without a hash, for a name nobody has, it takes as long and answers no, so that time does not tell
 * which names exist.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? dummyHash, normalise(password))
  return matches && passwordHash !== undefined
}

/** Whether the hash was made with other parameters than today's. */
export function needsRehash(passwordHash: string): boolean {
  const made = parseOptions(passwordHash)
  return (
    made.algorithm !== parameters.algorithm ||
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism
  )
}

/** Keyboards write the same letter in different code points; NIST SP 800-63B asks for one form. */
function normalise(password: string): string {
  return password.normalize('NFKC')
}
