import { buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { MessageScreen, type MessageScreenProps } from './message-screen'

export function NotFoundScreen({ heading }: Pick<MessageScreenProps, 'heading'>) {
  return (
    <MessageScreen
      heading={heading}
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
