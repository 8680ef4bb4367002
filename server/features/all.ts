import type { Served } from '#server/realtime/serve'
import { serveBroadcast } from './broadcast'
import { serveChat } from './chat'

/** Every channel this server serves. */
export const features: Served[] = [serveChat, serveBroadcast]
