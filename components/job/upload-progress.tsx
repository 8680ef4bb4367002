import { sizeWords } from './upload-size'
import type { UploadState } from './use-upload'

/** How much of a file has gone. Its bar is for the eye; the words say the same. */
export function UploadProgress({ state }: { state: UploadState }) {
  const sent = state.is === 'sending' ? state.sent / Math.max(state.total, 1) : 1
  const words =
    state.is === 'sending'
      ? `Sent ${sizeWords(state.sent)} of ${sizeWords(state.total)}`
      : 'Sent. The server is taking it in'
  return (
    <div className="grid gap-1">
      <div
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(sent * 100)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full bg-accent transition-[width]" style={{ width: `${sent * 100}%` }} />
      </div>
      <p className="text-xs text-ink-3 tabular-nums">{words}</p>
    </div>
  )
}
