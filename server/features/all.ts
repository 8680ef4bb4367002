import type { Served } from '#server/realtime/serve'
import { serveBroadcast } from './broadcast'
import { serveChat } from './chat'
import { serveMessage } from './message'
import { servePresence } from './presence'
import { serveTelemetry } from './telemetry'

const rooms: Served[] = [serveChat, serveBroadcast, serveMessage, serveTelemetry]

/** Every channel this server serves. */
export const features: Served[] = [...rooms, servePresence(rooms)]
