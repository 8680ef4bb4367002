import { ForbiddenScreen } from '#components/shell/forbidden-screen'

export const metadata = { title: 'Not open to you' }

export default function Forbidden() {
  return (
    <main className="grid min-h-dvh">
      <ForbiddenScreen />
    </main>
  )
}
