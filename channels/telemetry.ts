import { z } from 'zod'
import { defineChannel, latest } from './contract'

/** Milliseconds since 1970, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i)

/** What a device sends: its own name, and what it has measured, each by name. */
export const telemetry = z.strictObject({
  device: name,
  metrics: z
    .record(name, z.number())
    .refine((metrics) => Object.keys(metrics).length >= 1, 'At least one metric.')
    .refine((metrics) => Object.keys(metrics).length <= 32, 'At most 32 metrics.'),
})
export type Telemetry = z.infer<typeof telemetry>

/** The same as others see it: by which API key it came (devices of two keys may have one name), and when. */
export const measurement = telemetry.extend({ key: z.object({ id: z.uuid(), name: z.string() }), at: moment })
export type Measurement = z.infer<typeof measurement>

/** What all devices have sent last, in the one room `telemetry/all`. Everyone who is signed in may watch. */
export const telemetryFeed = defineChannel({
  name: 'telemetry',
  room: z.literal('all'),
  state: z.object({}),
  pushes: { measured: latest(measurement, ({ key, device }) => `${key.id}/${device}`) },
  calls: {},
})
