import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlQueryable,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'

/** What the engine may do to a database: nothing here starts a transaction, its caller has one open. */
export interface EngineSession extends Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> {
  executeScript(script: string): Promise<void>
}

/** Everything in the schema is ours: no table or enum is left to another program. */
export const filters = { externalTables: [], externalEnums: [] }

/** Prisma's own schema engine, in process: the CLI would have to download a native one. */
export async function withEngine<T>(session: EngineSession, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: 'switchboard',
    connect: async () => adapterOn(session),
    connectToShadowDb: () => Promise.reject(new Error('No shadow database is used.')),
  })
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
  try {
    return await work(engine)
  } finally {
    engine.free()
  }
}

function adapterOn(session: EngineSession): SqlDriverAdapter {
  return {
    provider: 'postgres',
    adapterName: 'switchboard',
    queryRaw: (query) => session.queryRaw(query),
    executeRaw: (query) => session.executeRaw(query),
    executeScript: (script) => session.executeScript(script),
    startTransaction: () => Promise.reject(new Error('The engine works within the transaction it was given.')),
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => {},
  }
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

let loaded: Promise<Bindings> | undefined

function loadEngine(): Promise<Bindings> {
  loaded ??= instantiate()
  return loaded
}

// The package's own entry imports the .wasm file as a module, which Node 20 cannot do.
async function instantiate(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = await readFile(join(dirname(script), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(file, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start !== 'function') throw new Error('@prisma/schema-engine-wasm has no __wbindgen_start.')
  start()
  return bindings
}
