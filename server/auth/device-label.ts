import Bowser from 'bowser'

const unknown = 'Unknown device'

/** "Firefox on Linux". Short and plain whatever the header holds: it is shown to people and comes from anyone. */
export function deviceLabel(userAgent: string | null | undefined): string {
  if (!userAgent) return unknown
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512))
  const label = [browser.name, os.name].map(plain).filter(Boolean).join(' on ')
  return label || unknown
}

/** For an agent it does not know, bowser's name is whatever stands before the slash. */
function plain(name: string | undefined): string {
  return name && /^[\w .-]{2,32}$/.test(name) ? name : ''
}
