import { Copy, Ellipsis, Pencil, Reply, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { toast } from 'sonner'
import type { Message } from '#channels/chat'
import { serverNow } from '#components/realtime/use-server-now'
import { Menu, MenuItem } from '#components/ui/menu'
import { EmojiItems } from './emoji-items'
import { givenBy, type MessageActs, namesInWords } from './message-acts'
import { type Me, mayChange } from './message-rights'

interface MessageMenuProps {
  me: Me
  message: Message
  acts: MessageActs
  tabIndex: number
}

/** The button that every message has, and its menu, made when it is first asked for: there are many messages. */
export function MessageMenu({ me, message, acts, tabIndex }: MessageMenuProps) {
  const [wanted, setWanted] = useState(false)
  // What is chosen may take the focus to the message box, or to a question.
  const leaves = useRef(false)
  const leaving: MessageActs = {
    ...acts,
    onReply: (one) => leave(() => acts.onReply(one)),
    onEdit: (one) => leave(() => acts.onEdit(one)),
    onDelete: (one) => leave(() => acts.onDelete(one)),
  }
  function leave(act: () => void) {
    leaves.current = true
    act()
  }
  function close(event: Event) {
    if (leaves.current) event.preventDefault()
    leaves.current = false
  }
  const button = (
    <button
      type="button"
      aria-label={`More about the message of ${message.author.name}`}
      aria-haspopup="menu"
      tabIndex={tabIndex}
      onClick={wanted ? undefined : () => setWanted(true)}
      className="target grid size-7 place-items-center rounded-sm text-ink-3 hover:bg-line/60 hover:text-ink [&_svg]:size-4"
    >
      <Ellipsis aria-hidden />
    </button>
  )
  if (!wanted) return button
  return (
    <Menu label="Message" defaultOpen trigger={button} onCloseAutoFocus={close}>
      <MenuContent me={me} message={message} acts={leaving} />
    </Menu>
  )
}

function MenuContent({ me, message, acts }: Omit<MessageMenuProps, 'tabIndex'>) {
  const given = givenBy(me.id, message)
  const changeable = mayChange(me, message, serverNow())
  async function copy() {
    try {
      await navigator.clipboard.writeText(message.body)
    } catch {
      toast.error('The browser does not let this page copy.')
    }
  }
  return (
    <>
      <EmojiItems given={given} onPick={(emoji) => acts.onReact(message, emoji, !given.includes(emoji))} />
      <MenuItem icon={<Reply aria-hidden />} onSelect={() => acts.onReply(message)}>
        Reply
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copy()}>
        Copy text
      </MenuItem>
      {changeable && (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => acts.onEdit(message)}>
          Edit
        </MenuItem>
      )}
      {changeable && (
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => acts.onDelete(message)}>
          Delete
        </MenuItem>
      )}
      {message.reactions.length > 0 && (
        <ul
          aria-label="Who reacted"
          className="mt-1 grid gap-0.5 border-t border-line px-2 pt-1.5 pb-1 text-xs text-ink-3"
        >
          {message.reactions.map(({ emoji, by }) => (
            <li key={emoji} className="max-w-60">
              {emoji} {namesInWords(by.map(({ name }) => name))}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
