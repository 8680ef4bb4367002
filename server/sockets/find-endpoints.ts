import { readdir } from 'node:fs/promises'
import { type Endpoint, parseEndpoint } from './endpoint'

/** Where the files of this application's endpoints are. */
export const endpointsFolder = new URL('./endpoints/', import.meta.url)

/**
 * Imports every file of the folder and gives what each exports by default, in the order of the files' names.
 * Throws an Error that names the first file whose export is no endpoint.
 */
export async function findEndpoints(folder: URL): Promise<Endpoint[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort()
  const found: Endpoint[] = []
  for (const file of files) {
    const module: { default?: unknown } = await import(new URL(file, folder).href)
    found.push(parseEndpoint(module.default, file))
  }
  return found
}
