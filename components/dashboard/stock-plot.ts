import type uPlot from 'uplot'
import { z } from 'zod'
import { shortFigure } from './dashboard-words.ts'
import { amountAxis } from './time-axes.ts'
import type { PlotMaker } from './use-plot.ts'

/** Below this width of a chart, in pixels, products go by their numbers. */
const roomForNames = 520

/**
 * Bars that lie, with their names beside them, and a stroke at each minimum. `names` is the list of them as JSON, from
 * the top down. What is below its minimum has another colour, and a triangle before its name.
 */
export function stockPlot(names: string): PlotMaker {
  const rows = z.array(z.object({ name: z.string(), brief: z.string() })).parse(JSON.parse(names))
  return (Plot, ink) => {
    const bars = (fill: string): uPlot.Series => ({
      fill,
      width: 0,
      points: { show: false },
      paths: Plot.paths.bars?.({ size: [0.6, 20] }),
    })
    const called = ({ width, data }: uPlot) =>
      rows.map(
        ({ name, brief }, place) => `${data[2]?.[place] == null ? '' : '▲ '}${width < roomForNames ? brief : name}`,
      )
    return {
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, ori: 1, dir: -1, range: [-0.5, rows.length - 0.5] },
        y: { ori: 0, dir: 1, range: (_, least, most) => [Math.min(0, least), Math.max(10, most * 1.05)] },
      },
      axes: [
        {
          side: 3,
          stroke: ink.ink,
          font: ink.font,
          // Asked for once before there are any.
          size: (plot, words) => longest(plot, words ?? [], ink.font) + 14,
          gap: 6,
          grid: { show: false },
          ticks: { show: false },
          splits: () => rows.map((_, place) => place),
          values: called,
        },
        { ...amountAxis(ink, shortFigure, 28), side: 2, space: 48 },
      ],
      series: [{}, bars(ink.accent), bars(ink.warn), { width: 0, points: { show: false }, paths: () => null }],
      hooks: { draw: [(plot) => strokes(plot, ink.ink)] },
    }
  }
}

function longest({ ctx }: uPlot, words: string[], font: string): number {
  ctx.save()
  ctx.font = font
  const widths = words.map((word) => ctx.measureText(word).width)
  ctx.restore()
  return Math.ceil(Math.max(0, ...widths))
}

/** In pixels of the canvas, of which a screen may have several to one of the page. */
function strokes(plot: uPlot, colour: string): void {
  const { ctx, data } = plot
  const thick = Math.max(2, Math.round(2 * devicePixelRatio))
  ctx.save()
  ctx.fillStyle = colour
  for (const [place, minimum] of (data[3] ?? []).entries()) {
    if (minimum == null) continue
    const [from, to] = [plot.valToPos(place - 0.38, 'x', true), plot.valToPos(place + 0.38, 'x', true)]
    ctx.fillRect(
      Math.round(plot.valToPos(minimum, 'y', true) - thick / 2),
      Math.min(from, to),
      thick,
      Math.abs(to - from),
    )
  }
  ctx.restore()
}
