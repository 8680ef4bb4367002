'use client'

import { AlertDialog } from 'radix-ui'
import { useRef } from 'react'
import type { Ended } from '#channels/wire'
import { Button, buttonClass } from '#components/ui/button'
import { BrandMark } from './brand'
import { EndedPlaceList } from './ended-place'
import { alarm, endedWords, lineEnded } from './ended-words'

/** Covers everything and cannot be closed: nothing under it works any more. */
export function EndedScreen({ reason, at, by, only }: Omit<Ended, 'retry'>) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { title, text, way, alarming } = only && reason === 'revoked' ? lineEnded : endedWords[reason]
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Content
          onEscapeKeyDown={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            heading.current?.focus()
          }}
          className="fixed inset-0 z-50 grid animate-appear place-items-center overflow-y-auto bg-page px-4 py-12"
        >
          <div className="grid w-full max-w-sm gap-5">
            <BrandMark className="size-8" />
            <div className="grid gap-1.5">
              <AlertDialog.Title
                ref={heading}
                tabIndex={-1}
                className="text-xl font-semibold tracking-tight text-balance focus-visible:outline-none"
              >
                {title}
              </AlertDialog.Title>
              <AlertDialog.Description className="text-ink-2">{text}</AlertDialog.Description>
            </div>
            <EndedPlaceList at={at} by={by} />
            {alarming && <p className="text-sm text-ink-2">{alarm}</p>}
            <div>
              {way === 'sign-in' ? (
                // A plain link: a full load drops everything the ended session had in memory.
                <a href="/sign-in" className={buttonClass({ variant: 'primary', size: 'lg' })}>
                  Sign in again
                </a>
              ) : (
                <Button variant="primary" size="lg" onClick={() => window.location.reload()}>
                  Load the page again
                </Button>
              )}
            </div>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
