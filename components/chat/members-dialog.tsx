import { Users } from 'lucide-react'
import { useState } from 'react'
import { type ChatState, mostMembers } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { failureOf } from '#components/realtime/failure'
import { PersonPicker } from '#components/rooms/person-picker'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { MemberRow } from './member-row'
import type { AskChat } from './use-chat'

interface MembersDialogProps extends Pick<ChatState, 'room' | 'members'> {
  me: UserRef
  ask: AskChat
}

/** Who is in a private room; its owner lets people in and takes them out, everyone else can leave. */
export function MembersDialog({ me, room, members, ask }: MembersDialogProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const owns = room.owner?.id === me.id

  async function run(call: () => Promise<unknown>) {
    setBusy(true)
    setFailure(undefined)
    try {
      await call()
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setFailure(undefined)
      }}
      title={`Who is in ${room.title}`}
      description={
        owns ? 'You opened this room: you let people in.' : `${room.owner?.name ?? 'Nobody'} lets people in.`
      }
      trigger={
        <Button variant="ghost" size="sm" icon={<Users aria-hidden className="size-4" />}>
          {members.length} {members.length === 1 ? 'member' : 'members'}
        </Button>
      }
    >
      <ul aria-label="Members" className="grid max-h-64 grid-cols-1 gap-0.5 overflow-y-auto">
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            owner={member.id === room.owner?.id}
            self={member.id === me.id}
            removable={owns ? member.id !== me.id || members.length === 1 : member.id === me.id}
            busy={busy}
            onRemove={() => void run(() => ask('remove', { userId: member.id }))}
          />
        ))}
      </ul>
      {owns && members.length < mostMembers && (
        <PersonPicker
          label="Let somebody in"
          without={members}
          busy={busy}
          onPick={({ id }) => void run(() => ask('add', { userId: id }))}
        />
      )}
      {failure && (
        <Notice tone="danger" role="alert">
          {failure}
        </Notice>
      )}
      <div className="flex justify-end">
        <Button onClick={() => setOpen(false)}>Done</Button>
      </div>
    </Dialog>
  )
}
