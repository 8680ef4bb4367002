import type { ReactNode } from 'react'
import { PageBody } from '#components/shell/page-body'

/** The part under the header as a container: the board is sized by the height that the shell leaves here. */
export function GameBody({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col [container:page/size]">
      <PageBody>{children}</PageBody>
    </div>
  )
}
