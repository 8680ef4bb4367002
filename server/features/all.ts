import type { Served } from '#server/realtime/serve'
import { serveBroadcast } from './broadcast'
import { serveChat } from './chat'
import { serveDashboard } from './dashboard'
import { serveEndpoint } from './endpoint'
import { serveGame } from './game'
import { serveJob } from './job'
import { serveJobs } from './jobs'
import { serveLobby } from './lobby'
import { serveMessage } from './message'
import { serveMonitor } from './monitor'
import { serveNotification } from './notification'
import { serveNumber } from './number'
import { serveOrder } from './order'
import { serveOrders } from './orders'
import { serveOutbound } from './outbound'
import { servePlan } from './plan'
import { servePresence } from './presence'
import { serveRooms } from './rooms'
import { serveSession } from './session'
import { serveTelemetry } from './telemetry'
import { serveTicker } from './ticker'

const rooms: Served[] = [
  serveChat,
  serveRooms,
  serveBroadcast,
  serveMessage,
  serveMonitor,
  serveTelemetry,
  serveDashboard,
  serveTicker,
  serveEndpoint,
  serveOutbound,
  serveSession,
  serveNotification,
  serveOrders,
  serveOrder,
  servePlan,
  serveJob,
  serveJobs,
  serveNumber,
  serveLobby,
  serveGame,
]

/** Every channel this server serves. */
export const features: Served[] = [...rooms, servePresence(rooms)]
