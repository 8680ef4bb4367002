import { Download } from 'lucide-react'
import type { JobDetail } from '#channels/job'
import { Panel } from '#components/ui/panel'
import { bytesInWords } from './job-words.ts'

/** What the job was given, or has made. */
export function JobFiles({ job: { id, files } }: { job: JobDetail }) {
  return (
    <Panel title="Files">
      <ul className="-my-2 divide-y divide-line">
        {files.map((file) => (
          <li key={file.id}>
            <a
              href={`/jobs/${id}/files/${file.id}`}
              download={file.name}
              className="target flex items-center gap-2.5 rounded-sm py-2 text-sm text-accent underline-offset-2 hover:underline"
            >
              <Download aria-hidden className="size-4 shrink-0" />
              <span className="min-w-0 break-all">{file.name}</span>
              <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums">{bytesInWords(file.bytes)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
