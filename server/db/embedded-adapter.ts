import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import type { EmbeddedClient } from './embedded-client'

type Open = Parameters<Parameters<EmbeddedClient['transaction']>[0]>[0]

/**
 * pglite-prisma-adapter with transactions and scripts of our own: in 0.7 its `commit` resolves when COMMIT
 * failed, its `rollback` and `executeScript` are not awaited, and it has no savepoints.
 */
export function embeddedAdapter(client: EmbeddedClient): SqlDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: 'pglite-prisma-adapter',
    async connect(): Promise<SqlDriverAdapter> {
      const inner = await queryable(client, (...args) => client.query(...args))
      return {
        provider: 'postgres',
        adapterName: inner.adapterName,
        queryRaw: (query) => inner.queryRaw(query),
        executeRaw: (query) => inner.executeRaw(query),
        executeScript: async (script) => void (await client.exec(script)),
        startTransaction: (isolation) => embeddedTransaction(client, isolation),
        getConnectionInfo: () => ({ supportsRelationJoins: true }),
        // The folder outlives Prisma's connection to it: server/db/embedded.ts closes it.
        dispose: async () => {},
      }
    },
  }
}

export interface EmbeddedTransaction extends Transaction {
  executeScript(script: string): Promise<void>
}

/** PGlite holds its one connection for a transaction; every other query waits until it has ended. */
export async function embeddedTransaction(
  client: EmbeddedClient,
  isolation?: IsolationLevel,
): Promise<EmbeddedTransaction> {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  let finished = Promise.resolve()
  const tx = await new Promise<Open>((opened, failed) => {
    finished = client.transaction(async (open) => {
      if (isolation) await open.exec(`SET TRANSACTION ISOLATION LEVEL ${isolation}`)
      opened(open)
      await ended
    })
    // A BEGIN that fails is the opening's; any later failure is thrown by commit or rollback, which await it too.
    finished.catch(failed)
  })
  const queries = await queryable(client, async (...args) => {
    const results = await tx.query<never>(...args)
    // Afterwards: a ROLLBACK at the time limit must not overtake a query that was already asked.
    await client.giveTurn()
    return results
  })
  return {
    provider: 'postgres',
    adapterName: queries.adapterName,
    // Phantom: PGlite itself says BEGIN, COMMIT and ROLLBACK.
    options: { usePhantomQuery: true },
    queryRaw: (query) => queries.queryRaw(query),
    executeRaw: (query) => queries.executeRaw(query),
    executeScript: async (script) => void (await tx.exec(script)),
    createSavepoint: async (name) => void (await tx.exec(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: async (name) => void (await tx.exec(`ROLLBACK TO SAVEPOINT ${name}`)),
    releaseSavepoint: async (name) => void (await tx.exec(`RELEASE SAVEPOINT ${name}`)),
    commit: async () => {
      end()
      await finished
    },
    rollback: async () => {
      try {
        await tx.rollback()
      } finally {
        // Whatever ROLLBACK said, the connection must not stay held.
        end()
      }
      await finished
    },
  }
}

/** The adapter's way of binding values and reading rows, with the queries going to `ask`. */
function queryable(client: EmbeddedClient, ask: Open['query']): Promise<SqlQueryable> {
  const query: Open['query'] = (text, values, { parsers, ...options } = {}) => {
    if (parsers) client.readBy(parsers)
    return ask(text, values, options)
  }
  const proxy = new Proxy(client, {
    get: (target, property) => (property === 'query' ? query : Reflect.get(target, property)),
  })
  return new PrismaPGlite(proxy).connect()
}
