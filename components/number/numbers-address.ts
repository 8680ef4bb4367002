export const numbersPath = '/numbers'

export function addressOf(key: string): string {
  return `${numbersPath}?series=${key}`
}

/** The series that the address names, or the first there is. */
export function chosenSeries(
  all: readonly { key: string }[],
  { series }: Record<string, string | string[] | undefined>,
): string {
  return (all.find(({ key }) => key === series) ?? all[0])?.key ?? ''
}
