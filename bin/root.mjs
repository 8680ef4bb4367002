import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The path of a program that came with the installed packages. */
export const program = (name) => join(root, 'node_modules', '.bin', name)
