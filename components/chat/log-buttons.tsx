import { ArrowDown, ArrowUp, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'

interface LogButtonsProps {
  /** The first one not read, while it has not been seen. */
  firstNew: number | undefined
  last: number
  read: number
  away: boolean
  /** A page could not be loaded. */
  failed: boolean
  onJump: (number: number) => void
  onNewest: () => void
  onRetry: () => void
}

const icon = 'size-3.5'

/** Over the messages: up to what is new, down to the newest. */
export function LogButtons(props: LogButtonsProps) {
  const { firstNew, last, read, away, failed, onJump, onNewest, onRetry } = props
  const news = Math.max(0, last - read)
  return (
    <>
      <Floating place="top-3">
        {failed && (
          <div
            role="alert"
            className="raised flex items-center gap-2 rounded-sm border border-line bg-panel py-1 pr-1 pl-3 text-sm"
          >
            Some messages could not be loaded.
            <Button size="sm" icon={<RotateCw aria-hidden className={icon} />} onClick={onRetry}>
              Try again
            </Button>
          </div>
        )}
        {!failed && firstNew !== undefined && (
          <Button
            size="sm"
            className="raised animate-appear"
            icon={<ArrowUp aria-hidden className={icon} />}
            onClick={() => onJump(firstNew)}
          >
            {counted(last - firstNew + 1)}
          </Button>
        )}
      </Floating>
      <Floating place="bottom-3">
        {away && (
          <Button
            size="sm"
            className="raised animate-appear"
            icon={<ArrowDown aria-hidden className={icon} />}
            onClick={onNewest}
          >
            {news > 0 && read > 0 ? counted(news) : 'Newest messages'}
          </Button>
        )}
      </Floating>
    </>
  )
}

function Floating({ place, children }: { place: string; children: ReactNode }) {
  return (
    <div className={`pointer-events-none absolute inset-x-0 flex justify-center *:pointer-events-auto ${place}`}>
      {children}
    </div>
  )
}

function counted(news: number): string {
  return `${news.toLocaleString('en')} new ${news === 1 ? 'message' : 'messages'}`
}
