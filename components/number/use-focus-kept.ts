import { type RefObject, useEffect, useRef } from 'react'

/**
 * A row that goes takes the focus with it: then the whole group gets it, from which the next press of Tab goes on. Not
 * another button, which a second press of Enter would set off.
 */
export function useFocusKept(group: RefObject<HTMLElement | null>): void {
  const had = useRef(false)
  useEffect(() => {
    const element = group.current
    if (!element) return
    const arrive = () => {
      had.current = true
    }
    // Removal fires nothing everywhere; a browser that does fire names no element that the focus goes to.
    const depart = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget) had.current = false
    }
    const press = () => {
      had.current = element.contains(document.activeElement)
    }
    element.addEventListener('focusin', arrive)
    element.addEventListener('focusout', depart)
    document.addEventListener('pointerup', press)
    return () => {
      element.removeEventListener('focusin', arrive)
      element.removeEventListener('focusout', depart)
      document.removeEventListener('pointerup', press)
    }
  }, [group])
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return
    had.current = false
    group.current?.focus({ preventScroll: true })
  })
}
