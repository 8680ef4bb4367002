import { importsOf, isTest, type Source } from './architecture-source'

/** What in a file goes against the rule; nothing when it holds. */
type Check = (source: Source) => string[]

/** No file of `who` imports a file or package whose name `what` matches. */
function neverImport(who: RegExp, what: RegExp, except?: (path: string) => boolean): Check {
  return (source) => {
    if (!who.test(source.path) || except?.(source.path)) return []
    return importsOf(source).flatMap(({ from, target }) => (what.test(target) ? [`imports ${from}`] : []))
  }
}

/** The same for what is written in the import. */
function neverImportAs(who: RegExp, what: RegExp): Check {
  return (source) =>
    who.test(source.path) ? importsOf(source).flatMap(({ from }) => (what.test(from) ? [`imports ${from}`] : [])) : []
}

function found(text: string, what: RegExp): string[] {
  return text.match(what)?.slice(0, 1) ?? []
}

const anyone = /^/
const outside = /^(e2e|bench|bin)\//

/** The log is the engine's own noun, and the rows of the rate limits belong to their library. */
const mayQuery =
  /^server\/(models|db)\/|^server\/realtime\/log-(append|read|redact|trim)\.ts$|^server\/auth\/sign-in-limit\.ts$|^prisma\//

export const rules: Record<string, Check> = {
  'nobody imports app': neverImport(/^(?!app\/)/, /^app\//),
  'channels import zod and each other, nothing else': neverImport(/^channels\//, /^(?!zod$|channels\/)/, isTest),
  'components never import the server': neverImport(/^components\//, /^(server|prisma)\//, isTest),
  'the server never imports components': neverImport(/^server\//, /^components\//),
  // Sessions, nodes and connections are the engine's own nouns.
  'server/realtime knows no feature, and of the models its own alone': neverImport(
    /^server\/realtime\//,
    /^server\/(features\/|models\/(?!(session|node|connection|path-filter)$))/,
    isTest,
  ),
  // They meet in the container: the engine is the older, and does without.
  'server/realtime knows no raw endpoints, and those no feature': (source) => [
    ...neverImport(/^server\/realtime\//, /^server\/sockets\//, isTest)(source),
    ...neverImport(/^server\/sockets\//, /^server\/features\//, isTest)(source),
  ],
  'features never touch the database': neverImport(/^server\/features\//, /^(server\/db\/|@prisma\/|pg$)/, isTest),
  // The modules excepted take rooms by name, and sessions and people by id, never a socket.
  'models never see a socket': neverImport(
    /^server\/models\//,
    /^(socket\.io|engine\.io|ws$|server\/realtime\/(?!(first-paint|person|session-end|session-expiry)$)|server\/sockets\/(?!key-end$))/,
    isTest,
  ),
  'only models and server/db touch Prisma': (source) => {
    if (mayQuery.test(source.path) || outside.test(source.path) || isTest(source.path)) return []
    const imported = neverImport(anyone, /^(@prisma\/|server\/db\/generated)/)(source)
    return [...imported, ...found(source.text, /\bprisma\.(\w+\.\w+\(|\$\w+)|\} = [\w().]+\.prisma\b/)]
  },
  'only components/realtime knows socket.io-client': neverImport(
    anyone,
    /^socket\.io-client/,
    (path) => path.startsWith('components/realtime/') || outside.test(path) || isTest(path),
  ),
  // It says what is fetched ahead of a press: nothing.
  'only components/ui/link.tsx knows next/link': neverImport(
    anyone,
    /^next\/link$/,
    (path) => path === 'components/ui/link.tsx',
  ),
  'only server/index.ts listens': ({ path, text }) =>
    path === 'server/index.ts' || outside.test(path) || isTest(path)
      ? []
      : found(text, /(?<!\bnodeMessages)\.listen\(/),
  'the server never imports server-only, which throws outside Next': neverImport(/^server\//, /^server-only$/),
  // bin runs before anything is installed, in plain Node.
  'across folders, imports go by #': neverImportAs(/^(?!bin\/)/, /^\.\.(\/|$)/),
  'no name says nothing': ({ path }) => found(path, /(?<![a-z])(utils?|helpers?|managers?|common|misc)(?![a-z])/i),
  'names are in kebab case': ({ path }) => path.split('/').filter((part) => !isKebab(part)),
  'a page has 30 lines at most': ({ path, text }) => {
    const lines = text.trimEnd().split('\n').length
    return /^app\/(.*\/)?page\.tsx$/.test(path) && lines > 30 ? [`${lines} lines`] : []
  },
  'no path of one machine': ({ text }) => found(text, /(?<![\w.*])\/(home|Users|root|work)\/\w+|\b[A-Z]:\\\w+/),
  // The lint rule against ignored promises does not see through the types of the Prisma client.
  "Prisma's promises are awaited": ({ text }) => found(text, ignoredQuery),
}

const ignoredQuery =
  /(?<=[{};)\]'\w]\n)[ \t]*(?:\w+(?:\(\))?\.)*(?:tx|client|prisma)\.(?:\w+\.(?:find|create|update|upsert|delete|count|aggregate|groupBy)|\$(?:execute|query|transaction|connect|disconnect))\w*/m

function isKebab(part: string): boolean {
  const route = /^(\([a-z-]+\)|\[+(\.\.\.)?[a-zA-Z]+\]+)$/
  return route.test(part) || /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config))?(\.(tsx?|mjs))?$/.test(part)
}

/** The files that the noun of a feature asks for. */
export function filesOfFeature(noun: string): string[] {
  return [`channels/${noun}.ts`, `components/${noun}/use-${noun}.ts`, `e2e/${noun}.spec.ts`]
}
