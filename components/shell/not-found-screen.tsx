import Link from 'next/link'
import { buttonClass } from '#components/ui/button'
import { MessageScreen } from './message-screen'

export function NotFoundScreen() {
  return (
    <MessageScreen
      title="There is no such page"
      actions={
        <Link href="/" className={buttonClass({ variant: 'primary' })}>
          Go to the start
        </Link>
      }
    >
      The address may be mistyped, or what stood here is gone.
    </MessageScreen>
  )
}
