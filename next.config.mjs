/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  experimental: {
    // forbidden() and unauthorized() answer a page with 403 and 401.
    authInterrupts: true,
  },
  // They load files beside themselves (WebAssembly, native code, workers) or must exist once in the process.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/schema-engine-wasm',
    'pglite-prisma-adapter',
    'pino',
    'pino-pretty',
    'rate-limiter-flexible',
    'socket.io',
  ],
}

export default config
