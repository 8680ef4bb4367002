/** What a page proves and where it stands: navigation, index, tests and documents are made from this. */
export type Role = 'admin' | 'member'
export const groups = ['People', 'Work', 'Lines'] as const
export type Group = (typeof groups)[number]

export type IconName =
  | 'activity'
  | 'bell'
  | 'chart-column'
  | 'chart-line'
  | 'clipboard-list'
  | 'grid'
  | 'hash'
  | 'list-checks'
  | 'megaphone'
  | 'message-square'
  | 'monitor-check'
  | 'monitor-smartphone'
  | 'plug'
  | 'waypoints'

export interface UseCase {
  slug: string
  title: string
  href: string
  /** One sentence: what the page proves. */
  blurb: string
  group: Group
  /** Feature ids, as in the list of features. */
  features: readonly string[]
  icon: IconName
  works: boolean
  /** Only this role may open it; without one, everybody who is signed in. */
  role?: Role
}

export const useCases: readonly UseCase[] = [
  {
    slug: 'chat',
    title: 'Chat',
    href: '/chat',
    blurb: 'Every message once, in order, even through a cut line.',
    group: 'People',
    features: ['P6', 'P18', 'Z3'],
    icon: 'message-square',
    works: true,
  },
  {
    slug: 'notifications',
    title: 'Notifications',
    href: '/notifications',
    blurb: 'One notice per person, not per tab, and the same unread count in each.',
    group: 'People',
    features: ['P2'],
    icon: 'bell',
    works: true,
  },
  {
    slug: 'broadcast',
    title: 'Broadcast',
    href: '/settings/broadcast',
    blurb: 'One message on every open screen at once, and on those that open later.',
    group: 'People',
    features: ['P5', 'Z4'],
    icon: 'megaphone',
    works: true,
    role: 'admin',
  },
  {
    slug: 'one-device',
    title: 'One device',
    href: '/settings',
    blurb: 'Signing in somewhere else ends this session within a second, and says so.',
    group: 'People',
    features: ['Z2'],
    icon: 'monitor-check',
    works: true,
  },
  {
    slug: 'sessions',
    title: 'Sessions',
    href: '/settings/sessions',
    blurb: 'Every device and tab you are signed in on, and the power to end each.',
    group: 'People',
    features: ['B1'],
    icon: 'monitor-smartphone',
    works: true,
  },
  {
    slug: 'jobs',
    title: 'Jobs',
    href: '/jobs',
    blurb: 'A long job tells everyone how far it is, and survives a restart.',
    group: 'Work',
    features: ['P1'],
    icon: 'list-checks',
    works: true,
  },
  {
    slug: 'orders',
    title: 'Work orders',
    href: '/orders',
    blurb: 'Two people on one record: both see each change, and neither overwrites the other.',
    group: 'Work',
    features: ['P3', 'P8'],
    icon: 'clipboard-list',
    works: true,
  },
  {
    slug: 'numbers',
    title: 'Numbers',
    href: '/numbers',
    blurb: 'Everybody asks at once, and no number is given twice.',
    group: 'Work',
    features: ['P4'],
    icon: 'hash',
    works: true,
  },
  {
    slug: 'dashboard',
    title: 'Dashboard',
    href: '/dashboard',
    blurb: 'Live figures over real orders, at the same cost for one viewer or a thousand.',
    group: 'Work',
    features: ['Z1'],
    icon: 'chart-column',
    works: true,
  },
  {
    slug: 'ticker',
    title: 'Ticker',
    href: '/ticker',
    blurb: 'A slow screen skips values and never falls behind.',
    group: 'Work',
    features: ['P9'],
    icon: 'chart-line',
    works: true,
  },
  {
    slug: 'game',
    title: 'Game',
    href: '/game',
    blurb: 'The server decides every move, and a dropped line keeps your seat.',
    group: 'Work',
    features: ['P7'],
    icon: 'grid',
    works: true,
  },
  {
    slug: 'endpoints',
    title: 'Endpoints',
    href: '/endpoints',
    blurb: 'A WebSocket endpoint of your own is one small file.',
    group: 'Lines',
    features: ['R1', 'R2', 'R3', 'D1', 'D2', 'D3', 'D4', 'X8', 'Z8'],
    icon: 'plug',
    works: true,
  },
  {
    slug: 'bridge',
    title: 'Bridge',
    href: '/bridge',
    blurb: 'What one application publishes, another receives.',
    group: 'Lines',
    features: ['Z7', 'Z8'],
    icon: 'waypoints',
    works: false,
  },
  {
    slug: 'monitor',
    title: 'Monitor',
    href: '/monitor',
    blurb: 'Every open socket: whose it is, what it does, and why it closed.',
    group: 'Lines',
    features: ['B2', 'X6'],
    icon: 'activity',
    works: true,
    role: 'admin',
  },
]

/** What works today and what this role may open: a link to nothing is worse than its absence. */
export function openTo(role: Role): UseCase[] {
  return useCases.filter((useCase) => useCase.works && (!useCase.role || useCase.role === role))
}

export function proves(slug: string): string {
  return useCases.find((useCase) => useCase.slug === slug)?.blurb ?? ''
}
