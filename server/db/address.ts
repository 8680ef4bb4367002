/** DATABASE_URL as it is used, and as it may be shown: without user and password. */
export interface DatabaseAddress {
  connectionString: string
  shown: string
}

export function parseAddress(databaseUrl: string): DatabaseAddress {
  const url = urlOf(databaseUrl)
  const schema = url.searchParams.get('schema')
  if (schema !== null && schema !== 'public') {
    throw new Error(
      `DATABASE_URL asks for the schema ${schema}: only public is used, so give it a database of its own.`,
    )
  }
  url.searchParams.delete('schema')
  // The adapter writes and reads times without an offset and means UTC, whatever zone the server is set to.
  const options = url.searchParams.get('options')
  url.searchParams.set('options', options ? `${options} -c TimeZone=UTC` : '-c TimeZone=UTC')
  const host = url.hostname || url.searchParams.get('host') || 'localhost'
  const port = url.port || url.searchParams.get('port') || '5432'
  return { connectionString: url.href, shown: `${host}:${port}` }
}

function urlOf(databaseUrl: string): URL {
  // The error of `new URL` quotes what it was given, password and all.
  if (!URL.canParse(databaseUrl)) {
    throw new Error('DATABASE_URL is not an address such as postgresql://user:password@host:5432/name.')
  }
  return new URL(databaseUrl)
}
