import {
  Activity,
  Bell,
  ChartColumn,
  ChartLine,
  ClipboardList,
  Grid3x3,
  Hash,
  ListChecks,
  type LucideIcon,
  Megaphone,
  MessageSquare,
  MonitorCheck,
  MonitorSmartphone,
  Plug,
  Waypoints,
} from 'lucide-react'
import type { IconName } from '#components/catalog'

const icons: Record<IconName, LucideIcon> = {
  activity: Activity,
  bell: Bell,
  'chart-column': ChartColumn,
  'chart-line': ChartLine,
  'clipboard-list': ClipboardList,
  grid: Grid3x3,
  hash: Hash,
  'list-checks': ListChecks,
  megaphone: Megaphone,
  'message-square': MessageSquare,
  'monitor-check': MonitorCheck,
  'monitor-smartphone': MonitorSmartphone,
  plug: Plug,
  waypoints: Waypoints,
}

export function UseCaseIcon({ name, className = 'size-4' }: { name: IconName; className?: string }) {
  const Icon = icons[name]
  return <Icon aria-hidden strokeWidth={1.75} className={`shrink-0 ${className}`} />
}
