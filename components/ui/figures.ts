const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' })
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** Cents as euros, to the cent. */
export const money = (cents: number): string => euros.format(cents / 100)

/** `1,234`. */
export const figure = (value: number): string => whole.format(value)
