import { NotFoundScreen } from '#components/shell/not-found-screen'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="grid min-h-dvh">
      <NotFoundScreen />
    </main>
  )
}
