import { spawn } from 'node:child_process'
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { say } from './report.mjs'
import { root } from './root.mjs'

/** Next reloads app/ and components/ by itself. */
const watched = ['server', 'channels']
/** In milliseconds: one save is several events, and a checkout many. */
const settle = 100

/** Runs the server in a process of its own, and another whenever a file of the server side has changed. */
export function develop() {
  let child = startServer()
  let ending
  let timer

  function startServer() {
    // The channel tells the server when this process is killed outright, so that it does not stay behind.
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
    const server = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], { cwd: root, stdio })
    server.once('exit', (code) => {
      if (ending) process.exit(code ?? 1)
      if (server.replaced) child = startServer()
      else say('dev', 'the server has ended; it starts again when a file changes')
    })
    return server
  }

  function replaceServer(file) {
    say('dev', `${file} changed`)
    if (child.exitCode !== null || child.signalCode !== null) {
      child = startServer()
    } else {
      child.replaced = true
      child.kill('SIGTERM')
    }
  }

  watchFolders((file) => {
    clearTimeout(timer)
    timer = setTimeout(replaceServer, settle, file)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      ending = true
      if (!child.kill(signal)) process.exit(0)
    })
  }
}

/** One watch for each folder: on Linux a recursive one looks every few seconds only. */
function watchFolders(changed) {
  for (const folder of watched.flatMap(foldersIn)) {
    watch(join(root, folder), (_, name) => {
      if (name && /(?<!\.test)\.tsx?$/.test(name)) changed(`${folder}/${name}`)
    })
  }
}

function foldersIn(folder) {
  if (folder === 'server/db/generated') return []
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return [
    folder,
    ...entries.filter((entry) => entry.isDirectory()).flatMap((entry) => foldersIn(`${folder}/${entry.name}`)),
  ]
}
