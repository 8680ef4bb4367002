import { sessionPolicy } from '#channels/session'
import { role } from '#channels/user'
import { policyWords } from '#components/session/policy-words.ts'
import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { useAction } from './use-action'
import type { UserPanelProps } from './user-panel'

/** Each holds as soon as it is chosen, and can be chosen back. */
export function RoleAndPolicy({ user, own, policy, actions }: UserPanelProps) {
  const toRole = useAction()
  const toPolicy = useAction()
  const { id, name } = user

  return (
    <div className="grid content-start gap-4">
      <Field
        label="Role"
        error={toRole.refusal?.message}
        hint={own ? 'You cannot change your own role.' : 'Pages it opens or closes do so at once.'}
      >
        {(control) => (
          <Select
            {...control}
            value={user.role}
            disabled={own || toRole.busy}
            onChange={({ target }) =>
              toRole.run(() => actions.setRole(id, role.parse(target.value)), `${name} is ${target.value} now.`)
            }
          >
            {role.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Sign-in policy" error={toPolicy.refusal?.message} hint="Holds from the next sign-in on.">
        {(control) => (
          <Select
            {...control}
            value={user.policy ?? ''}
            disabled={toPolicy.busy}
            onChange={({ target }) => {
              const wanted = target.value === '' ? null : sessionPolicy.parse(target.value)
              toPolicy.run(() => actions.setUserPolicy(id, wanted), 'The policy is changed.')
            }}
          >
            <option value="">As for everyone: {policyWords[policy].title}</option>
            {sessionPolicy.options.map((option) => (
              <option key={option} value={option}>
                {policyWords[option].title}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}
