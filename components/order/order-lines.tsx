import { Trash2 } from 'lucide-react'
import type { OrderLine } from '#channels/order'
import { mostLines, mostPieces } from '#channels/order-field'
import { figure, money } from '#components/ui/figures.ts'
import { IconButton } from '#components/ui/icon-button'
import { Input } from '#components/ui/input'
import { Panel } from '#components/ui/panel'
import { Select } from '#components/ui/select'
import { AddLineDialog } from './add-line-dialog'
import { orderActs } from './order-acts'
import { OrderField } from './order-field'
import type { LiveOrder } from './use-order'

/** What is ordered, and where it goes. */
export function OrderLines({ live, closed }: { live: LiveOrder; closed: boolean }) {
  const { lines, totalCents } = live.order
  return (
    <Panel
      title="Lines"
      about={`${figure(lines.length)} of at most ${mostLines}. Prices are those agreed when it was ordered.`}
      actions={!closed && <AddLineDialog live={live} />}
      footer={
        <p className="ml-auto text-sm">
          Total <strong className="ml-2 font-semibold tabular-nums">{money(totalCents)}</strong>
        </p>
      }
    >
      <ol aria-label="Lines" className="-my-3 divide-y divide-line">
        {lines.map((line) => (
          <LineRow key={line.id} live={live} line={line} closed={closed} only={lines.length === 1} />
        ))}
      </ol>
    </Panel>
  )
}

interface LineRowProps {
  live: LiveOrder
  line: OrderLine
  closed: boolean
  only: boolean
}

function LineRow({ live, line, closed, only }: LineRowProps) {
  const { id, position, product, quantity, priceCents, produced } = line
  const { sites } = live.order.customer
  const which = `line ${position}, ${product.name}`
  return (
    <li className="grid animate-appear grid-cols-[1fr_6rem] items-start gap-x-4 gap-y-1 py-3 wide:grid-cols-[minmax(0,1fr)_10rem_6rem_7rem_7rem_2rem]">
      <div className="min-w-0 wide:pt-6">
        <p className="text-sm font-medium">{product.name}</p>
        <p className="text-xs text-ink-3 tabular-nums">
          {product.sku} · {money(priceCents)} each
        </p>
      </div>
      <OrderField live={live} field={`line/${id}/site`} label="To" name={`To, ${which}`} small closed={closed}>
        {(control) => (
          <Select {...control}>
            {sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </Select>
        )}
      </OrderField>
      <OrderField
        live={live}
        field={`line/${id}/quantity`}
        label="Quantity"
        name={`Quantity, ${which}`}
        small
        closed={closed}
        closedClass="text-right tabular-nums"
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            maxLength={`${mostPieces}`.length + 2}
            className="text-right tabular-nums"
          />
        )}
      </OrderField>
      <Made made={produced} of={quantity} />
      <p className="text-right text-sm font-medium tabular-nums wide:pt-8">{money(quantity * priceCents)}</p>
      <div className="max-wide:col-start-2 max-wide:row-start-1 max-wide:justify-self-end wide:pt-6.5">
        {!closed && !only && produced === 0 && (
          <IconButton label={`Remove ${which}`} icon={<Trash2 />} onClick={() => void orderActs(live).remove(id)} />
        )}
      </div>
    </li>
  )
}

/** How many of its pieces are made: in words, and by the length of a bar. */
function Made({ made, of }: { made: number; of: number }) {
  return (
    <div className="text-xs text-ink-3 tabular-nums wide:pt-7">
      <p>
        {figure(made)} of {figure(of)} made
      </p>
      <div aria-hidden className="mt-1 h-1 overflow-clip rounded-full bg-line">
        <div
          className="h-full bg-ok transition-[width]"
          style={{ width: `${Math.min(100, Math.round((made / of) * 100))}%` }}
        />
      </div>
    </div>
  )
}
