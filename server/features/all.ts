import type { Served } from '#server/realtime/serve'
import { serveBroadcast } from './broadcast'
import { serveChat } from './chat'
import { serveEndpoint } from './endpoint'
import { serveMessage } from './message'
import { serveMonitor } from './monitor'
import { serveNotification } from './notification'
import { serveOutbound } from './outbound'
import { servePresence } from './presence'
import { serveRooms } from './rooms'
import { serveSession } from './session'
import { serveTelemetry } from './telemetry'

const rooms: Served[] = [
  serveChat,
  serveRooms,
  serveBroadcast,
  serveMessage,
  serveMonitor,
  serveTelemetry,
  serveEndpoint,
  serveOutbound,
  serveSession,
  serveNotification,
]

/** Every channel this server serves. */
export const features: Served[] = [...rooms, servePresence(rooms)]
