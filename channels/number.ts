import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { text, unstorable } from './text'
import { userRef } from './user'

/** For how long a number is held for who reserved it, in milliseconds. */
export const heldFor = 120_000
/** How many numbers of one series a person may hold at once. */
export const heldMost = 10
/** How many of the numbers confirmed last a screen shows. */
export const recentLength = 20
/** The greatest number a series can be raised to, and the most digits it is filled up to. */
export const greatestNumber = 999_999_999
export const mostPadding = 9

/** The room with every series, which changes when an admin changes or adds one. */
export const seriesRoom = 'all'

/** What a series is named by in addresses and in code. */
export const seriesKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'Up to 32 small letters, digits and hyphens, beginning with a letter.')
  .refine((key) => key !== seriesRoom, 'This key is taken.')

/** `fast`: one that is given back is lost, and nobody waits. `gapless`: it is handed out again, before any new one. */
export const numberMode = z.enum(['fast', 'gapless'])
export type NumberMode = z.infer<typeof numberMode>

/**
 * A prefix after which a number can be told from the one of any other series or year: `{year}` becomes the year, and
 * something that is no digit stands before the number.
 */
const prefix = z
  .string()
  .trim()
  .max(20, 'At most 20 characters.')
  .refine((value) => !unstorable.test(value), 'It holds characters that cannot be stored.')
  .refine((value) => !/(\d|\{year\})$/.test(value), 'It would run into the number: end it with a letter or a sign.')
  .refine((value) => !/[{}]/.test(value.replaceAll('{year}', '')), 'Only {year} may stand in braces.')

const writing = {
  title: text(40),
  prefix,
  padding: z
    .int('Choose a number of digits.')
    .min(1, 'At least one digit.')
    .max(mostPadding, `At most ${mostPadding} digits.`),
  yearly: z.boolean(),
  mode: numberMode,
}

/** What is given out next. A series counts within `year` when it begins anew each year; `year` never goes back. */
export const place = z.object({ year: z.int(), value: z.int().positive() })
export type Place = z.infer<typeof place>

/** Numbers of one kind of document. `version` counts the changes admins made to it. */
export const series = z.object({
  key: z.string(),
  title: z.string(),
  prefix: z.string(),
  padding: z.int(),
  yearly: z.boolean(),
  mode: numberMode,
  version: z.int(),
})
export type Series = z.infer<typeof series>

/** Each year's numbers would else be written like those of the year before. */
const bearsYear = ({ yearly, prefix }: { yearly: boolean; prefix: string }) => !yearly || prefix.includes('{year}')
const needsYear = { path: ['prefix'], message: 'A series that begins anew each year needs {year} in its prefix.' }

export const newSeries = z.object({ key: seriesKey, ...writing }).refine(bearsYear, needsYear)
export type NewSeries = z.input<typeof newSeries>

/** `version` is the one that was read. `next` raises what is given out next; null leaves it. */
export const seriesEdit = z
  .object({
    ...writing,
    version: z.int(),
    next: z.int('A whole number.').min(1).max(greatestNumber, 'Too great.').nullable().default(null),
  })
  .refine(bearsYear, needsYear)
export type SeriesEdit = z.input<typeof seriesEdit>

/** `returned` by hand or because the time was over. */
export const reservationState = z.enum(['reserved', 'confirmed', 'returned'])

/**
 * A number that one person holds until `until`, and then has for good or not at all. Times are milliseconds since
 * 1970, server time. `number` is how it was written when it was reserved.
 */
export const reservation = z.object({
  id: z.uuid(),
  year: z.int(),
  value: z.int(),
  number: z.string(),
  by: userRef,
  state: reservationState,
  at: z.number(),
  until: z.number(),
  settledAt: z.number().nullable(),
})
export type Reservation = z.infer<typeof reservation>

/** As the database writes it, so that it can be compared. */
const one = z.object({ id: z.uuid().toLowerCase() })
const held = z.object({ reservation, next: place })

/**
 * Numbers that are given out once each. A room is a series by its key, or `all` with every series and nothing else.
 * - `reserve`: the id is chosen by who asks. Asking again with it answers the same number, for as long as it is held and
 *   once it is confirmed; `conflict` when it was given back or the time is over, when the id is another's, or when
 *   one holds `heldMost` already.
 * - `confirm`, `giveBack`: one's own, else `forbidden`; an admin may give back for others. `conflict` when the time is
 *   over, or when it was settled the other way. Doing the same twice is no error.
 * - `holdAgain`: one's own that was given back, or whose time was over, while nobody else has got it: `conflict` then.
 * - `change` in the series' room, `add` in `all`: admins only. `conflict` when it has been changed since `version`, when
 *   the key or prefix is taken, or when numbers are held and `mode` or `yearly` would change.
 */
export const numbers = defineChannel({
  name: 'number',
  room: z.union([seriesKey, z.literal(seriesRoom)]),
  state: z.object({
    /** In `all` every one, by title; in the room of one, that one. */
    series: z.array(series),
    next: place.nullable(),
    /** Lowest first. */
    held: z.array(reservation),
    /** Latest first. */
    confirmed: z.array(reservation),
  }),
  pushes: {
    reserved: stream(held),
    confirmed: stream(reservation),
    /** `expired` when nobody did it. */
    returned: stream(held.extend({ expired: z.boolean() })),
    changed: stream(z.object({ series, next: place })),
    /** What is next in a fast series, of which numbers were taken for good without being held first. */
    taken: latest(place, () => 'next'),
  },
  calls: {
    reserve: { input: one, output: reservation },
    confirm: { input: one, output: reservation },
    giveBack: { input: one, output: reservation },
    holdAgain: { input: one, output: reservation },
    change: { input: seriesEdit, output: series },
    add: { input: newSeries, output: series },
  },
})
export type NumberState = StateOf<typeof numbers>

/** As it stands on paper: `WO-2026-00042`. */
export function writeNumber({ prefix, padding }: Pick<Series, 'prefix' | 'padding'>, { year, value }: Place): string {
  return prefix.replaceAll('{year}', String(year)) + String(value).padStart(padding, '0')
}

/** Whether one comes after another in a series. */
export function isAfter(one: Place, other: Place): boolean {
  return one.year > other.year || (one.year === other.year && one.value > other.value)
}

/** The order in which series are listed, on both sides: databases differ in how they order words. */
export function byTitle(one: Pick<Series, 'title' | 'key'>, other: Pick<Series, 'title' | 'key'>): number {
  return one.title < other.title ? -1 : one.title > other.title ? 1 : one.key < other.key ? -1 : 1
}
