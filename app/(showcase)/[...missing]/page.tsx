import { notFound } from 'next/navigation'
import { requireSession } from '#server/auth/guard'

/** Whoever is not signed in does not learn which addresses there are. */
export default async function MissingPage() {
  await requireSession()
  notFound()
}
