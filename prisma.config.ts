import { defineConfig } from 'prisma/config'

// The CLI would download its native engine before every command, even those that never run it.
// Naming any executable file stops that: `generate`, `validate` and `format` are done in WebAssembly,
// and migrations are applied by server/db/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
