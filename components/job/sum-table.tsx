import type { Sum } from '#channels/job-result'
import { figure, money } from '#components/ui/figures.ts'

interface SumTableProps {
  caption: string
  /** What the first column names. */
  of: string
  rows: (Sum & { name: string })[]
}

/** Sums of orders by one thing; it keeps to the width of a phone, because it has four columns and no more. */
export function SumTable({ caption, of, rows }: SumTableProps) {
  return (
    <table className="w-full text-sm tabular-nums [&_td]:py-1 [&_td]:text-right [&_th]:py-1 [&_th]:font-normal">
      <caption className="pb-1 text-left font-medium">{caption}</caption>
      <thead className="border-b border-line text-xs text-ink-3">
        <tr>
          <th scope="col" className="text-left">
            {of}
          </th>
          <th scope="col" className="text-right">
            Orders
          </th>
          <th scope="col" className="text-right max-wide:sr-only print:not-sr-only">
            Pieces
          </th>
          <th scope="col" className="text-right">
            Value
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ name, orders, pieces, cents }) => (
          <tr key={name} className="break-inside-avoid">
            <th scope="row" className="pr-3 text-left break-words">
              {name}
            </th>
            <td>{figure(orders)}</td>
            <td className="max-wide:sr-only print:not-sr-only">{figure(pieces)}</td>
            <td className="pl-3 whitespace-nowrap">{money(cents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
