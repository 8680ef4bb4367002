'use client'

import { useEffect, useState } from 'react'
import { Notice } from '#components/ui/notice'
import { failureText, type SignInFailure } from './sign-in-failure'

function useSecondsLeft(seconds: number, onOver: () => void): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const over = Date.now() + seconds * 1000
    const clock = setInterval(() => setLeft(Math.max(0, Math.ceil((over - Date.now()) / 1000))), 250)
    return () => clearInterval(clock)
  }, [seconds])
  useEffect(() => {
    if (left === 0) onOver()
  }, [left, onOver])
  return left
}

/** Counts for the eye; a screen reader hears the first figure only, not one every second. */
function Wait({ seconds, onOver }: { seconds: number; onOver: () => void }) {
  const left = useSecondsLeft(seconds, onOver)
  return (
    <>
      <span className="sr-only">{failureText({ code: 'rate-limited', seconds })}</span>
      <span aria-hidden className="tabular-nums">
        {failureText({ code: 'rate-limited', seconds: left })}
      </span>
    </>
  )
}

export function FailureNotice({ failure, onOver }: { failure: SignInFailure; onOver: () => void }) {
  return (
    <Notice tone={failure.code === 'rate-limited' ? 'warn' : 'danger'}>
      {failure.code === 'rate-limited' ? <Wait seconds={failure.seconds} onOver={onOver} /> : failureText(failure)}
    </Notice>
  )
}
