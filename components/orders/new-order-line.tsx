import { X } from 'lucide-react'
import type { Product } from '#channels/product'
import { ProductOptions } from '#components/order/product-options'
import { Field } from '#components/ui/field'
import { IconButton } from '#components/ui/icon-button'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { useNewOrder, WishedLine } from './use-new-order'

interface NewOrderLineProps {
  form: ReturnType<typeof useNewOrder>
  products: Product[]
  line: WishedLine
  nth: number
}

export function NewOrderLine({ form, products, line: { key, productId, pieces }, nth }: NewOrderLineProps) {
  const { issue, lines, changeLine, removeLine } = form
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_5.5rem_2rem] items-start gap-2">
      <Field label={`Product ${nth + 1}`} error={issue(`lines.${nth}.productId`)}>
        {(control) => (
          <Select
            {...control}
            value={productId}
            onChange={(event) => changeLine(key, { productId: event.target.value })}
          >
            <ProductOptions products={products} />
          </Select>
        )}
      </Field>
      <Field label={`Pieces ${nth + 1}`} error={issue(`lines.${nth}.quantity`)}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            className="text-right tabular-nums"
            value={pieces}
            onChange={(event) => changeLine(key, { pieces: event.target.value })}
          />
        )}
      </Field>
      <div className="pt-6.5">
        {lines.length > 1 && (
          <IconButton label={`Remove line ${nth + 1}`} icon={<X />} onClick={() => removeLine(key)} />
        )}
      </div>
    </div>
  )
}
