// Imported first by every command, so that an old Node gets this line and not a stack.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`node      was ${process.version}; Switchboard needs 20.19 or later: https://nodejs.org`)
  process.exit(1)
}
