import { Download } from 'lucide-react'
import { importColumn, importColumns } from '#channels/order-import'
import { mostLines } from '#channels/orders'
import { buttonClass } from '#components/ui/button'

/** What a file of orders looks like, and one to begin with. */
export function ImportFormat() {
  return (
    <details className="group rounded-md border border-line">
      <summary className="target flex items-center px-3 py-2 text-sm font-medium text-ink-2 hover:text-ink">
        What the file looks like
      </summary>
      <div className="grid gap-3 border-t border-line p-3 text-sm">
        <p className="max-w-[68ch] text-ink-2">
          A CSV in UTF-8, with commas, semicolons or tabs between the fields. The first row names the columns, in any
          order. Each row after it is one line of an order; the rows of one order stand together, with the same
          reference and customer, and there are {mostLines} of them at most.
        </p>
        <dl className="grid gap-x-4 gap-y-1.5 wide:grid-cols-[auto_minmax(0,1fr)]">
          {importColumn.options.map((column) => (
            <div key={column} className="contents">
              <dt className="font-mono text-xs leading-5">
                {column}
                {!importColumns[column].required && <span className="font-sans text-ink-3"> (may be left out)</span>}
              </dt>
              <dd className="max-w-[68ch] text-ink-2 max-wide:mb-2">{importColumns[column].holds}</dd>
            </div>
          ))}
        </dl>
        <p className="max-w-[68ch] text-ink-3">
          The same file is not imported twice, and a reference that a customer has used before is not ordered again.
        </p>
        <div>
          <a href="/jobs/sample" download className={buttonClass({ size: 'sm' })}>
            <Download aria-hidden className="size-4" />
            Download a sample file
          </a>
        </div>
      </div>
    </details>
  )
}
