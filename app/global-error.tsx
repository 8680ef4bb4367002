'use client'

import { GeistSans } from 'geist/font/sans'
import { ErrorScreen, type ErrorScreenProps } from '#components/shell/error-screen'
import './globals.css'

/** Replaces the root layout when that itself fails, and so brings its own document, face and styles. */
export default function GlobalError(props: ErrorScreenProps) {
  return (
    <html lang="en" className={GeistSans.variable}>
      <body>
        <title>Error · Switchboard</title>
        <main className="grid min-h-dvh">
          <ErrorScreen {...props} />
        </main>
      </body>
    </html>
  )
}
