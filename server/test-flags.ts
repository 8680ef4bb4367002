/**
 * For tests and benchmarks: what Node is given before the TypeScript file of a process of its own. Such a process
 * compiles WebAssembly as the one that starts it does (vitest.config.ts): to optimise PGlite takes a second or two.
 */
export const nodeFlags = [...process.execArgv.filter((flag) => flag === '--liftoff-only'), '--import', 'tsx']
