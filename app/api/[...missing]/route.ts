import { forSession } from '#server/auth/api-guard'
import { refuse } from '#server/refusal'

/** Whoever is not signed in gets 401, and does not learn which addresses there are. */
const missing = forSession(async () => refuse('not-found', 'There is nothing here.'))

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT }
