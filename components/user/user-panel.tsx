'use client'

import type { SessionPolicy } from '#channels/session'
import type { ListedUser, Role } from '#channels/user'
import type { Refused } from '#channels/wire'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { LocalTime } from '#components/ui/local-time'
import { Panel } from '#components/ui/panel'
import { RenameForm } from './rename-form'
import { ResetPasswordForm } from './reset-password-form'
import { RoleAndPolicy } from './role-and-policy'
import { useAction } from './use-action'

type Answer = Promise<Refused | undefined>

export interface UserActions {
  rename: (id: string, name: string) => Answer
  setRole: (id: string, role: Role) => Answer
  setUserPolicy: (id: string, policy: SessionPolicy | null) => Answer
  setPassword: (id: string, password: string) => Answer
  disable: (id: string) => Answer
  enable: (id: string) => Answer
}

export interface UserPanelProps {
  user: ListedUser
  /** The admin who looks: some of it they cannot do to themselves. */
  own: boolean
  /** That of the installation. */
  policy: SessionPolicy
  actions: UserActions
}

export function UserPanel({ user, own, policy, actions }: UserPanelProps) {
  const { run, busy } = useAction()
  const { id, name, disabledAt } = user

  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          Account
          {disabledAt !== null && <Badge tone="danger">Disabled</Badge>}
        </span>
      }
      about={
        disabledAt === null ? (
          'Name and role change on every open screen at once.'
        ) : (
          <>
            Nobody signs in under this name since <LocalTime at={disabledAt} form="datetime" />.
          </>
        )
      }
      footer={
        own ? (
          <p className="text-sm text-ink-3">You cannot disable yourself, so that one admin always remains.</p>
        ) : disabledAt === null ? (
          <ConfirmDialog
            trigger={<Button size="sm">Disable</Button>}
            title={`Disable ${name}?`}
            description="All their sessions end at once, and they cannot sign in until they are enabled again."
            confirm="Disable"
            variant="danger"
            onConfirm={async () => (await actions.disable(id))?.message ?? afterwards()}
          />
        ) : (
          <Button size="sm" busy={busy} onClick={() => run(() => actions.enable(id), `${name} can sign in again.`)}>
            Enable
          </Button>
        )
      }
    >
      <div className="grid gap-6 wide:grid-cols-2">
        <div className="grid content-start gap-4">
          <RenameForm user={user} rename={actions.rename} />
          {!own && <ResetPasswordForm user={user} reset={actions.setPassword} />}
        </div>
        <RoleAndPolicy user={user} own={own} policy={policy} actions={actions} />
      </div>
    </Panel>
  )

  function afterwards(): undefined {
    run(async () => undefined, `${name} is disabled.`)
  }
}
