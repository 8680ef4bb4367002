import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { filesOfFeature, rules } from './architecture-rules'
import { importsOf, readSources } from './architecture-source'

type Sample = [path: string, text: string]

/** For each rule, files that break it and files that come close. */
const samples: Record<string, { wrong: Sample[]; right: Sample[] }> = {
  'nobody imports app': {
    wrong: [['components/ui/button.tsx', "import { font } from '#app/font'"]],
    right: [['app/layout.tsx', "import './globals.css'"]],
  },
  'channels import zod and each other, nothing else': {
    wrong: [
      ['channels/chat.ts', "import type { Message } from '#server/models/message'"],
      ['channels/chat.ts', "import { useState } from 'react'"],
      ['channels/chat.ts', "import { randomUUID } from 'node:crypto'"],
    ],
    right: [
      [
        'channels/chat.ts',
        "import { z } from 'zod'\nimport { stream } from './contract'\nimport { issue } from '#channels/wire'",
      ],
      ['channels/chat.test.ts', "import { expect } from 'vitest'"],
    ],
  },
  'components never import the server': {
    wrong: [
      ['components/chat/chat-panel.tsx', "import { readEnvironment } from '#server/env'"],
      ['components/chat/chat-panel.tsx', "import type { Environment } from '../../server/env'"],
      ['components/chat/chat-panel.tsx', "const env = await import('#server/env')"],
      ['components/chat/chat-panel.tsx', "export * from '#server/env'"],
    ],
    right: [
      ['components/chat/chat-panel.tsx', "import { chat } from '#channels/chat'\nconst text = 'from #server/env'"],
    ],
  },
  'the server never imports components': {
    wrong: [['server/seed.ts', "import { catalog } from '#components/catalog'"]],
    right: [['server/seed.ts', "import { chat } from '#channels/chat'"]],
  },
  'server/realtime knows no feature, and of the models its own alone': {
    wrong: [
      ['server/realtime/serve.ts', "import { serveChat } from '#server/features/chat'"],
      ['server/realtime/serve.ts', "import {\n  postMessage,\n} from '#server/models/message'"],
    ],
    right: [['server/realtime/serve.ts', "import type { LiveSession } from '#server/models/session'"]],
  },
  'server/realtime knows no raw endpoints, and those no feature': {
    wrong: [
      ['server/realtime/handshake.ts', "import type { Endpoint } from '#server/sockets/endpoint'"],
      ['server/sockets/endpoints/device.ts', "import { serveTelemetry } from '#server/features/telemetry'"],
    ],
    right: [['server/sockets/admission.ts', "import { admitSession } from '#server/realtime/handshake'"]],
  },
  'features never touch the database': {
    wrong: [
      ['server/features/chat.ts', "import { transaction } from '#server/db/transaction'"],
      ['server/features/chat.ts', "import { Prisma } from '@prisma/client'"],
    ],
    right: [['server/features/chat.ts', "import { postMessage } from '#server/models/message'"]],
  },
  'models never see a socket': {
    wrong: [
      ['server/models/message.ts', "import type { Server } from 'socket.io'"],
      ['server/models/message.ts', "import { deliver } from '#server/realtime/deliver'"],
      ['server/models/user.ts', "import { Rights } from '#server/realtime/rights'"],
      ['server/models/api-key.ts', "import { socketService } from '#server/sockets/socket-service'"],
    ],
    right: [
      ['server/models/message.ts', "import { firstPaint } from '#server/realtime/first-paint'"],
      ['server/models/message.ts', "import { transaction } from '#server/db/transaction'"],
      ['server/models/user.ts', "import { recheckPerson } from '#server/realtime/person'"],
      ['server/models/api-key.ts', "import { closeKeySockets } from '#server/sockets/key-end'"],
    ],
  },
  'only models and server/db touch Prisma': {
    wrong: [
      ['server/auth/guard.ts', "import { PrismaClient } from '#server/db/generated/client'"],
      ['server/auth/guard.ts', 'const user = await container().database.prisma.user.findFirst()'],
      ['app/page.tsx', 'await prisma.$queryRaw`select 1`'],
      ['server/jobs/clean.ts', 'const { session } = container().database.prisma'],
    ],
    right: [
      ['server/models/user.ts', 'await container().database.prisma.user.findFirst()'],
      ['server/auth/guard.ts', "import { findUser } from '#server/models/user'\nawait findUser(database.prisma)"],
    ],
  },
  'only components/realtime knows socket.io-client': {
    wrong: [['components/chat/use-chat.ts', "import { io } from 'socket.io-client'"]],
    right: [
      ['components/realtime/socket.ts', "import { io } from 'socket.io-client'"],
      ['server/realtime/join.test.ts', "import { io } from 'socket.io-client'"],
    ],
  },
  'only components/ui/link.tsx knows next/link': {
    wrong: [
      ['components/shell/brand.tsx', "import Link from 'next/link'"],
      ['app/not-found.tsx', "import Link from 'next/link'"],
    ],
    right: [
      ['components/ui/link.tsx', "import NextLink from 'next/link'"],
      ['components/shell/brand.tsx', "import { Link } from '#components/ui/link'"],
    ],
  },
  'only server/index.ts listens': {
    wrong: [['server/http/server.ts', 'server.listen(3000)']],
    right: [
      ['server/index.ts', 'service.http.listen(env.port)'],
      ['server/realtime/person.ts', 'nodeMessages.listen(personChanged, recheck)'],
      ['server/http/test-server.ts', "server.listen(0, '127.0.0.1')"],
    ],
  },
  'the server never imports server-only, which throws outside Next': {
    wrong: [['server/models/user.ts', "import 'server-only'"]],
    right: [['app/read.ts', "import 'server-only'"]],
  },
  'across folders, imports go by #': {
    wrong: [['server/models/user.ts', "import { transaction } from '../db/transaction'"]],
    right: [
      ['server/index.ts', "import { boot } from './boot'"],
      ['bin/start.mjs', "await import('../server/index.ts')"],
    ],
  },
  'no name says nothing': {
    wrong: [
      ['server/utils.ts', ''],
      ['components/common/button.tsx', ''],
      ['server/auth/session-manager.ts', ''],
    ],
    right: [['server/features/commons.ts', '']],
  },
  'names are in kebab case': {
    wrong: [
      ['components/chat/ChatPanel.tsx', ''],
      ['server/auth/sign_in.ts', ''],
      ['server/realTime/join.ts', ''],
    ],
    right: [
      ['app/(showcase)/chat/[room]/page.tsx', ''],
      ['app/api/auth/[...nextauth]/route.ts', ''],
      ['e2e/playwright.config.ts', ''],
      ['e2e/sign-in.spec.ts', ''],
    ],
  },
  'a page has 30 lines at most': {
    wrong: [['app/(showcase)/chat/page.tsx', 'line\n'.repeat(31)]],
    right: [
      ['app/page.tsx', 'line\n'.repeat(30)],
      ['app/layout.tsx', 'line\n'.repeat(31)],
    ],
  },
  'no path of one machine': {
    wrong: [
      ['server/env.ts', "const place = '/home/ada/switchboard'"],
      ['server/env.ts', "const place = 'C:\\switchboard'"],
    ],
    right: [['server/env.ts', "const place = 'https://example.org/home/ada'"]],
  },
  "Prisma's promises are awaited": {
    wrong: [
      ['server/models/user.ts', 'async function f() {\n  tx.user.create({ data })\n}'],
      ['server/models/user.ts', 'const a = 1\n  container().database.prisma.user.deleteMany()\n'],
      ['server/db/open.ts', 'close() {\n  prisma.$disconnect()\n}'],
    ],
    right: [
      ['server/models/user.ts', 'async function f() {\n  await tx.user.create({ data })\n}'],
      ['server/models/user.ts', 'const find = () =>\n  tx.user.findMany()\n'],
      ['server/models/user.ts', 'await Promise.all([\n  tx.user.findMany(),\n  tx.user.count(),\n])'],
    ],
  },
}

const sources = readSources(fileURLToPath(new URL('..', import.meta.url)))
const none: string[] = []

describe.each(Object.entries(rules))('%s:', (name, check) => {
  it('finds what breaks it', () => {
    expect(samples[name]?.wrong.length).toBeGreaterThan(0)
    for (const [path, text] of samples[name]?.wrong ?? [])
      expect(check({ path, text }), `${path}: ${text}`).toHaveLength(1)
  })

  it('leaves the rest alone', () => {
    expect(samples[name]?.right.length).toBeGreaterThan(0)
    for (const [path, text] of samples[name]?.right ?? []) expect(check({ path, text }), `${path}: ${text}`).toEqual([])
  })

  it('holds', () => {
    const broken = sources.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`))
    expect(broken, `the rule "${name}" is broken`).toEqual(none)
  })
})

it('one noun names the contract, the hook and the browser test of a feature', () => {
  const paths = new Set(sources.map(({ path }) => path))
  // The generic channel `message` is for whoever has a screen; it has none itself.
  const nouns = [...paths].flatMap(
    (path) => path.match(/^server\/features\/((?!all\.|message\.)[a-z-]+)\.ts$/)?.[1] ?? [],
  )
  expect(nouns.length).toBeGreaterThan(0)
  expect(nouns.flatMap(filesOfFeature).filter((path) => !paths.has(path))).toEqual(none)
})

it('reads imports as they are written', () => {
  const text = [
    "import a, { b } from 'a'",
    "import type { C } from '#server/c'",
    "import {\n  d,\n} from './d'",
    "export * from './e'",
    "export { f } from './f.mjs'",
    "import 'g'",
    "const h = await import('#channels/h')",
    "// import i from 'i'",
    "const j = { from: 'j' }",
  ].join('\n')
  const targets = importsOf({ path: 'server/http/x.ts', text }).map(({ target }) => target)
  const files = ['server/c', 'server/http/d', 'server/http/e', 'server/http/f', 'channels/h']
  expect(targets.toSorted()).toEqual(['a', 'g', ...files].toSorted())
})
