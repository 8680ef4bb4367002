'use client'

import { ErrorScreen, type ErrorScreenProps } from '#components/shell/error-screen'

export default function PageError(props: ErrorScreenProps) {
  return (
    <main className="grid min-h-dvh">
      <ErrorScreen {...props} />
    </main>
  )
}
