'use client'

import { type SubmitEvent, useState } from 'react'
import type { JobVisibility } from '#channels/job'
import { type ImportMode, mostImportBytes } from '#channels/order-import'
import { Button } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { ImportFormat } from './import-format'
import { visibilities } from './job-words.ts'
import { UploadDrop } from './upload-drop'
import { UploadProgress } from './upload-progress'
import { guessRows, isSmall, rowsWords, sizeWords } from './upload-size.ts'
import { useUpload } from './use-upload.ts'

const modes: { value: ImportMode; label: string }[] = [
  { value: 'good', label: 'Only the good rows' },
  { value: 'all', label: 'All rows or none' },
]
const modeWords: Record<ImportMode, string> = {
  good: 'Orders without a problem are placed; an order with a problem in one row is left out whole, and listed.',
  all: 'With a single problem anywhere in the file nothing is ordered. What is wrong is listed.',
}

/** Sends a file of orders to be imported; when it is taken, the page of its job opens. */
export function ImportForm() {
  const [file, setFile] = useState<File>()
  const [about, setAbout] = useState<string>()
  const [mode, setMode] = useState<ImportMode>('good')
  const [visibility, setVisibility] = useState<JobVisibility>('own')
  const { state, busy, send, stop, refuse, clear } = useUpload()

  function choose(chosen: File | undefined) {
    clear()
    setFile(chosen)
    setAbout(chosen && sizeWords(chosen.size))
    if (!chosen) return
    // One that cannot be read, a folder that was dropped, is refused when it is sent.
    guessRows(chosen).then(
      (rows) => setAbout(`${sizeWords(chosen.size)}, ${rowsWords(rows, isSmall(chosen))}`),
      () => {},
    )
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!file) return refuse('Choose a file first.')
    if (file.size > mostImportBytes) return refuse('The file is larger than 20 MB. Split it in several.')
    void send(file, { mode, visibility })
  }

  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-1 gap-4" aria-label="Import orders">
      {state.is === 'refused' && (
        <Notice tone="danger" role="alert" title="Not imported">
          {state.message}{' '}
          {state.job && (
            <Link href={`/jobs/${state.job}`} className="font-medium text-accent underline">
              {state.title}
            </Link>
          )}
        </Notice>
      )}
      {state.is === 'stopped' && (
        <Notice tone="neutral" role="status" title="Stopped">
          Nothing was imported.
        </Notice>
      )}
      <UploadDrop file={file} about={about} disabled={busy} onFile={choose} />
      {busy && <UploadProgress state={state} />}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <div className="grid max-w-[52ch] gap-1.5">
          <Segmented
            legend="If the file has problems"
            name="mode"
            options={modes}
            value={mode}
            onValueChange={setMode}
          />
          <p aria-live="polite" className="min-h-9 text-xs text-ink-3">
            {modeWords[mode]}
          </p>
        </div>
        <Segmented
          legend="Who sees the job"
          name="import-visibility"
          options={visibilities}
          value={visibility}
          onValueChange={setVisibility}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          Import orders
        </Button>
        {/* What has gone whole may be an import already, which is cancelled as every job is. */}
        {state.is === 'sending' && <Button onClick={stop}>Stop sending</Button>}
      </div>
      <ImportFormat />
    </form>
  )
}
