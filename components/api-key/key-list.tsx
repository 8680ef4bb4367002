import { KeyRound } from 'lucide-react'
import type { ApiKey } from '#channels/api-key'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'

interface KeyListProps {
  keys: ApiKey[]
  at: number
  /** Resolves with why it did not work, in words. */
  onRevoke: (key: ApiKey) => Promise<string | undefined>
}

export function KeyList({ keys, at, onRevoke }: KeyListProps) {
  if (keys.length === 0) {
    return (
      <EmptyState icon={<KeyRound />} title="No key yet">
        Make the first one below; it appears here.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Keys" className="-my-4 divide-y divide-line wide:-my-5">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} at={at} onRevoke={onRevoke} />
      ))}
    </ul>
  )
}

function KeyRow({ apiKey, at, onRevoke }: { apiKey: ApiKey } & Pick<KeyListProps, 'at' | 'onRevoke'>) {
  const { name, prefix, scopes, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKey
  const expired = expiresAt !== null && expiresAt <= at
  return (
    <li aria-label={name} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-4">
      <div className="grid min-w-0 flex-1 basis-60 gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-words">{name}</span>
          {revokedAt !== null ? (
            <Badge tone="danger">Revoked</Badge>
          ) : expired ? (
            <Badge tone="warn">Expired</Badge>
          ) : (
            <Badge tone="ok">Active</Badge>
          )}
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </p>
        <p className="font-mono text-xs text-ink-2">{prefix}…</p>
        <p className="text-sm text-ink-3">
          Made by {createdBy}, <LocalTime at={createdAt} form="datetime" />.{' '}
          {lastUsedAt === null ? (
            'Never used.'
          ) : (
            <>
              Last used <LocalTime at={lastUsedAt} form="datetime" />.
            </>
          )}{' '}
          {revokedAt !== null ? (
            <>
              Revoked <LocalTime at={revokedAt} form="datetime" />.
            </>
          ) : expiresAt === null ? (
            'Holds until it is revoked.'
          ) : (
            <>
              {expired ? 'Expired' : 'Expires'} <LocalTime at={expiresAt} form="datetime" />.
            </>
          )}
        </p>
      </div>
      {revokedAt === null && !expired && (
        <ConfirmDialog
          trigger={
            <Button size="sm" aria-label={`Revoke ${name}`}>
              Revoke
            </Button>
          }
          title={`Revoke ${name}?`}
          description="Whoever uses it is refused from now on, and its open sockets are closed at once. It cannot be undone."
          confirm="Revoke key"
          variant="danger"
          onConfirm={() => onRevoke(apiKey)}
        />
      )}
    </li>
  )
}
