import { DropdownMenu } from 'radix-ui'
import type { KeyboardEvent } from 'react'
import { type Emoji, emojis } from '#channels/chat'

interface EmojiItemsProps {
  /** Those one has given already. */
  given: Emoji[]
  onPick: (emoji: Emoji) => void
}

/** The reactions there are, in a line within a menu: left and right go along it. */
export function EmojiItems({ given, onPick }: EmojiItemsProps) {
  function press(event: KeyboardEvent<HTMLElement>) {
    const side = { ArrowLeft: 'previousElementSibling', ArrowRight: 'nextElementSibling' } as const
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const next = event.target instanceof Element ? event.target[side[event.key]] : null
    if (next instanceof HTMLElement) next.focus()
  }

  return (
    <DropdownMenu.Group aria-label="React" className="mb-1 flex border-b border-line pb-1" onKeyDown={press}>
      {emojis.map((emoji) => (
        <DropdownMenu.CheckboxItem
          key={emoji}
          checked={given.includes(emoji)}
          onCheckedChange={() => onPick(emoji)}
          aria-label={`React with ${emoji}`}
          className="grid size-8 cursor-pointer place-items-center rounded-sm text-lg outline-none select-none data-highlighted:bg-line/60 data-[state=checked]:bg-accent-soft pointer-coarse:size-10"
        >
          {emoji}
        </DropdownMenu.CheckboxItem>
      ))}
    </DropdownMenu.Group>
  )
}
