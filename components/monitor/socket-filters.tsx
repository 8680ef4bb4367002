import { grouping, type NodeFigures } from '#channels/monitor'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { groupWords, shortNode } from './monitor-words.ts'
import type { Sockets } from './use-sockets'

/** Which sockets are listed; the server looks for them. */
export function SocketFilters({ sockets: { query, look }, nodes }: { sockets: Sockets; nodes: NodeFigures[] }) {
  const { person = '', path = '', node = '', channel, session, group } = query
  const paths = new Set(nodes.flatMap(({ paths }) => paths.map((one) => one.path)))
  if (path) paths.add(path)
  const filtered = Boolean(person || path || node || channel || session)
  return (
    <search className="grid gap-3">
      <div className="grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,10rem),1fr))]">
        <Field label="Person">
          {(control) => (
            <Input
              {...control}
              value={person}
              maxLength={80}
              placeholder="Part of a name"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => look({ person: event.target.value || undefined })}
            />
          )}
        </Field>
        <Field label="Path">
          {(control) => (
            <Select {...control} value={path} onChange={(event) => look({ path: event.target.value || undefined })}>
              <option value="">All paths</option>
              {[...paths].toSorted().map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Node">
          {(control) => (
            <Select {...control} value={node} onChange={(event) => look({ node: event.target.value || undefined })}>
              <option value="">All nodes</option>
              {nodes.map((one) => (
                <option key={one.node} value={one.node}>
                  {shortNode(one.node)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Group by">
          {(control) => (
            <Select
              {...control}
              value={group}
              onChange={(event) => look({ group: grouping.catch('none').parse(event.target.value) })}
            >
              {Object.entries(groupWords).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {filtered && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          {channel && <span>In rooms of {channel}.</span>}
          {session && <span>Of the session {session.slice(-8)}.</span>}
          <Button
            size="sm"
            onClick={() =>
              look({ person: undefined, path: undefined, node: undefined, channel: undefined, session: undefined })
            }
          >
            Show all
          </Button>
        </p>
      )}
    </search>
  )
}
