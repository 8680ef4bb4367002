export function typingWords(names: string[]): string {
  if (names.length === 0) return ''
  if (names.length > 2) return `${names.length} people are typing`
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing`
}
