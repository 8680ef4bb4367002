'use client'

import { type FocusEvent, type ReactNode, useEffect, useRef } from 'react'

/**
 * Where toasts get the focus, and lose it. Sonner takes it back to where it was as soon as it leaves a toast, so that
 * the Tab key would never come past one (WCAG 2.1.2), and lets a toast end while somebody is on its button (2.2.1). So
 * it hears of no focus here: it is told of a mouse instead, which holds the toasts, and the focus goes back only when
 * the toast that had it is gone.
 */
export function ToastFocus({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLElement>(null)

  useEffect(() => {
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body) return
      before.current?.focus({ preventScroll: true })
      before.current = null
    })
    if (box.current) observer.observe(box.current, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])

  const enter = (event: FocusEvent) => {
    event.stopPropagation()
    if (event.relatedTarget instanceof HTMLElement && !box.current?.contains(event.relatedTarget)) {
      before.current = event.relatedTarget
    }
    event.target.dispatchEvent(new MouseEvent('mousemove', { bubbles: true }))
  }
  const leave = (event: FocusEvent) => {
    event.stopPropagation()
    if (event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget)) return
    // Without a next one it is not the person who left: the toast is gone, or the window has lost the focus.
    if (event.relatedTarget) before.current = null
    event.target.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, relatedTarget: document.body }))
  }
  return (
    <div ref={box} className="contents" onFocusCapture={enter} onBlurCapture={leave}>
      {children}
    </div>
  )
}
