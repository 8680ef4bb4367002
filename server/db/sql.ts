import type { Prisma } from '#server/db/generated/client'

/** Runs hand-written SQL whose parameters are `$1`, `$2` …; without values it may be a script of several statements. */
export interface Sql {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** The same within a transaction, one statement at a time: for libraries that know nothing of Prisma. */
export function sqlOf(tx: Pick<Prisma.TransactionClient, '$queryRawUnsafe'>): Sql {
  return {
    executeSql: async (text, values = []) => ({ rows: await tx.$queryRawUnsafe(text, ...values) }),
  }
}
