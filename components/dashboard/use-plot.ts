import { type RefObject, useEffect, useRef, useState } from 'react'
import type uPlot from 'uplot'

/** The colours of the page, as they are in the scheme it has just now, and its type. */
export interface Ink {
  ink: string
  faint: string
  line: string
  accent: string
  warn: string
  font: string
}

/** What a chart is, but for its size. Made anew when the colours change. */
export type PlotMaker = (Plot: typeof uPlot, ink: Ink) => Omit<uPlot.Options, 'width' | 'height'>

/**
 * Draws a chart into the element of the ref, as wide as that is, and follows its data, its width and the colours of the
 * page. `failed` says that the code which draws could not be loaded. Keep `make` the same while the chart is the same.
 */
export function usePlot(
  make: PlotMaker,
  data: uPlot.AlignedData,
  height: number,
): { place: RefObject<HTMLDivElement | null>; failed: boolean } {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const newest = useRef(data)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    newest.current = data
    plot.current?.setData(data)
  }, [data])

  useEffect(() => {
    const element = place.current
    if (!element) return
    let gone = false
    let draw = () => {}
    import('uplot').then(
      ({ default: Plot }) => {
        draw = () => {
          if (gone) return
          plot.current?.destroy()
          plot.current = new Plot(
            { ...make(Plot, readInk(element)), width: element.clientWidth, height },
            newest.current,
            element,
          )
        }
        draw()
      },
      () => setFailed(true),
    )
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const redraw = () => draw()
    scheme.addEventListener('change', redraw)
    const sized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    sized.observe(element)
    return () => {
      gone = true
      scheme.removeEventListener('change', redraw)
      sized.disconnect()
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [make, height])

  return { place, failed }
}

function readInk(element: HTMLElement): Ink {
  const style = getComputedStyle(element)
  const colour = (role: string) => style.getPropertyValue(`--color-${role}`).trim()
  return {
    ink: colour('ink'),
    faint: colour('ink-3'),
    line: colour('line'),
    accent: colour('accent'),
    warn: colour('warn'),
    font: `12px ${style.fontFamily}`,
  }
}
