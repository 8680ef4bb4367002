'use client'

import { Button } from '#components/ui/button'
import { MessageScreen } from './message-screen'

export interface ErrorScreenProps {
  error: Error & { digest?: string }
  retry: () => void
}

/** The error's own text is for the log, where its digest leads. */
export function ErrorScreen({ error, retry }: ErrorScreenProps) {
  return (
    <MessageScreen
      title="This page could not be shown"
      reference={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          {/* A full load, because what failed may be the page's own code. */}
          <Button onClick={() => window.location.assign('/')}>Go to the start</Button>
        </>
      }
    >
      Something failed on our side. What you had sent before is kept.
    </MessageScreen>
  )
}
