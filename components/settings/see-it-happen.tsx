import { Panel } from '#components/ui/panel'

export function SeeItHappen() {
  return (
    <Panel title="See it happen">
      <ol className="grid list-decimal gap-1.5 pl-5 text-ink-2">
        <li>Leave this page open.</li>
        <li>Sign in under the same name in another browser, or in a private window.</li>
        <li>
          Where the newest wins, this page says within a second that you signed in elsewhere, where from and when.
          Nothing it held works any more.
        </li>
      </ol>
    </Panel>
  )
}
