'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import type { ApiKey, KeyRequest } from '#channels/api-key'
import type { Refused } from '#channels/wire'
import { Panel } from '#components/ui/panel'
import { KeyForm } from './key-form'
import { KeyList } from './key-list'
import { NewKey } from './new-key'

export type CreateKey = (input: KeyRequest) => Promise<{ ok: true; key: string; apiKey: ApiKey } | Refused>

interface KeyPanelProps {
  keys: ApiKey[]
  /** When they were read, by the server's clock. */
  at: number
  create: CreateKey
  revoke: (id: string) => Promise<Refused | undefined>
}

/** The keys of programs, and the one just made, which is shown until it is put away. */
export function KeyPanel({ keys, at, create, revoke }: KeyPanelProps) {
  const router = useRouter()
  const [made, setMade] = useState<{ value: string; name: string }>()

  async function end({ id, name }: ApiKey): Promise<string | undefined> {
    const refused = await revoke(id)
    if (refused) return refused.message
    toast.success(`${name} is revoked.`, { description: 'Its open sockets are closed.' })
    router.refresh()
  }

  return (
    <>
      {made && <NewKey {...made} onDone={() => setMade(undefined)} />}
      <Panel title="Keys" about="The newest first. Those that were revoked or have expired stay in the list.">
        <KeyList keys={keys} at={at} onRevoke={end} />
      </Panel>
      <Panel title="New key" about="For a device or a program that cannot sign in.">
        <KeyForm
          create={create}
          onMade={(value, name) => {
            setMade({ value, name })
            router.refresh()
          }}
        />
      </Panel>
    </>
  )
}
