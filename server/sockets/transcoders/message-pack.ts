import { Packr } from 'msgpackr'
import type { z } from 'zod'
import { type OpenTranscoder, UnsupportedFrame } from '#server/sockets/transcoder'

/** Without its own extension for records, so that every other library of MessagePack reads what we write. */
const packr = new Packr({ useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true })

/** As `json`, but in binary: MessagePack (github.com/msgpack/msgpack/blob/master/spec.md). */
export function messagePack<Schema extends z.ZodType>(schema: Schema): OpenTranscoder<z.output<Schema>> {
  const open: OpenTranscoder<z.output<Schema>> = () => ({
    onInboundMessage(frame) {
      if (typeof frame === 'string') throw new UnsupportedFrame('This endpoint takes MessagePack in binary.')
      return schema.parse(packr.unpack(frame))
    },
    onOutboundMessage: (message) => packr.pack(message),
  })
  return Object.assign(open, { speaks: 'message-pack' as const })
}
