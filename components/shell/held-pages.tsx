'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { holdPages } from './hold-pages.ts'

/** While the server cannot be reached, who follows a link stays where they are until it can. */
export function HeldPages() {
  const shown = useRef('')
  const search = useSearchParams().toString()
  const address = usePathname() + (search && `?${search}`)
  useEffect(() => {
    shown.current = address
  }, [address])
  useEffect(() => holdPages(() => shown.current), [])
  return null
}
