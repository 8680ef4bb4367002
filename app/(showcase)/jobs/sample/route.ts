import { forSession } from '#server/auth/api-guard'
import { downloadOf } from '#server/jobs/import/download'
import { sampleImport } from '#server/models/order-import-sample'

export const dynamic = 'force-dynamic'

/** A small file of orders that can be imported as it is, another one each time. */
export const GET = forSession(async () => downloadOf('orders.csv', 'text/csv', sampleImport()))
