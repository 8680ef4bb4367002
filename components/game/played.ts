/**
 * The games this tab has led its person to, or shown them at play in. The router keeps pages as they were for as long
 * as the tab lives, and so does this: in a lobby one goes back to stands a challenge whose game is where one comes from.
 */
const played = new Set<string>()

export function notePlayed(id: string): void {
  played.add(id)
}

export function hasPlayed(id: string): boolean {
  return played.has(id)
}
