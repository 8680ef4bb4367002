import { FileSpreadsheet, Upload, X } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'

interface UploadDropProps {
  file: File | undefined
  /** Its size and how many rows it has, in words. */
  about: string | undefined
  disabled: boolean
  onFile: (file: File | undefined) => void
}

/** Where a file is dropped, or chosen by the platform's own picker; then the file that was. */
export function UploadDrop({ file, about, disabled, onFile }: UploadDropProps) {
  const [over, setOver] = useState(false)
  const drag = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is && !disabled)
  }
  function drop(event: DragEvent) {
    drag(false)(event)
    const dropped = event.dataTransfer.files[0]
    if (dropped && !disabled) onFile(dropped)
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: dropping is a second way; the first is the input inside
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={drop}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-dashed p-4 ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken'}`}
    >
      {file ? (
        <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-ink-3" />
      ) : (
        <Upload aria-hidden className="size-5 shrink-0 text-ink-3" />
      )}
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <p className="font-medium break-words">{file ? file.name : 'Drop a CSV file here'}</p>
        <p className="text-xs text-ink-3 tabular-nums">{file ? about : 'At most 20 MB and 100,000 rows.'}</p>
      </div>
      <div className="flex items-center gap-1">
        <label
          className={`${buttonClass()} has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${disabled ? 'opacity-50' : 'cursor-pointer'}`}
        >
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            aria-label={file ? 'Choose another file' : 'Choose a file'}
            disabled={disabled}
            className="sr-only"
            onChange={(event) => {
              onFile(event.target.files?.[0])
              // So that the same file, mended meanwhile, can be chosen again.
              event.target.value = ''
            }}
          />
          <span aria-hidden>{file ? 'Choose another' : 'Choose a file'}</span>
        </label>
        {file && (
          <IconButton label="Put the file away" icon={<X />} disabled={disabled} onClick={() => onFile(undefined)} />
        )}
      </div>
    </div>
  )
}
