import { buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { MessageScreen, type MessageScreenProps } from './message-screen'

export function ForbiddenScreen({ heading }: Pick<MessageScreenProps, 'heading'>) {
  return (
    <MessageScreen
      heading={heading}
      title="This page is not open to you"
      actions={
        <Link href="/" className={buttonClass({ variant: 'primary' })}>
          Go to the start
        </Link>
      }
    >
      Your role does not allow it. If you need it, ask an administrator.
    </MessageScreen>
  )
}
