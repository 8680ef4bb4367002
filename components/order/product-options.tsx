import { type Product, productLine } from '#channels/product'
import { lineWords } from './order-words'

/** The products of a select, by their line. */
export function ProductOptions({ products }: { products: Product[] }) {
  return productLine.options.map((line) => (
    <optgroup key={line} label={lineWords[line]}>
      {products
        .filter((product) => product.line === line)
        .map(({ id, sku, name }) => (
          <option key={id} value={id}>
            {sku} {name}
          </option>
        ))}
    </optgroup>
  ))
}
