import { telemetry, telemetryFeed } from '#channels/telemetry'
import { publish } from '#server/realtime/publish'
import { Attribute } from '#server/sockets/attributes'
import { closeCode } from '#server/sockets/close-code'
import { defineEndpoint } from '#server/sockets/endpoint'
import { json } from '#server/sockets/transcoders/json'

/** A gateway speaks for several devices; one that invents a new name each time would fill the board of everyone. */
const mostDevices = 100

const devices = new Attribute<Set<string>>('devices')

export default defineEndpoint({
  endpoint: 'device',
  description:
    'Takes telemetry of devices as JSON, {"device":"press-7","metrics":{"temperature":71.5}}, and shows it to everyone.',
  authenticate: 'api-key',
  scope: 'device',
  transcoder: json(telemetry),
  handler: {
    onOpen: (connection) => void connection.attributes.set(devices, new Set()),
    async onMessage({ device, metrics }, connection) {
      const { apiKey, attributes } = connection
      const known = attributes.get(devices)?.add(device)
      if (!apiKey || !known) return
      if (known.size > mostDevices) return connection.close(closeCode.policy, `more than ${mostDevices} devices`)
      const { id, name } = apiKey
      const at = Date.now()
      await publish(telemetryFeed, 'all', 'measured', { device, metrics, key: { id, name }, at })
      await connection.send({ ok: true, at })
    },
  },
})
