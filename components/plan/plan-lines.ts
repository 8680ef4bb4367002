import type { PlannedLine } from '#channels/plan'

/** Whether the lines of the order are others than those the plan was made of, in whichever order they stand. */
export function isOutdated(madeOf: PlannedLine[], lines: PlannedLine[]): boolean {
  const before = new Map(madeOf.map((line) => [line.id, line]))
  return (
    lines.length !== madeOf.length ||
    lines.some(({ id, siteId, quantity }) => {
      const line = before.get(id)
      return line?.siteId !== siteId || line.quantity !== quantity
    })
  )
}
