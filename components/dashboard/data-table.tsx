import type { ReactNode } from 'react'

interface DataTableProps {
  caption: string
  /** The first one heads the rows; the others are figures. */
  columns: string[]
  rows: { key: string | number; head: ReactNode; cells: ReactNode[] }[]
}

/** On a phone the heads of many columns stand upright. */
export function DataTable({ caption, columns: [first, ...columns], rows }: DataTableProps) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-panel text-left text-xs text-ink-3">
        <tr>
          <th scope="col" className="py-1.5 pr-2 font-medium">
            {first}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="py-1.5 pl-2 text-right font-medium">
              <span
                className={
                  columns.length > 4 ? 'inline-block max-wide:rotate-180 max-wide:[writing-mode:vertical-rl]' : ''
                }
              >
                {column}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {rows.map(({ key, head, cells }) => (
          <tr key={key}>
            <th scope="row" className="py-1.5 pr-2 text-left font-normal">
              {head}
            </th>
            {cells.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the column
              <td key={place} className="py-1.5 pl-2 text-right tabular-nums">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
