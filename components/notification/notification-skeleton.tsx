import { Loading, Skeleton } from '#components/ui/skeleton'

export function NotificationSkeleton() {
  return (
    <Loading label="Loading notifications" className="grid gap-5 py-3">
      {['w-3/5', 'w-2/5', 'w-1/2'].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton circle className="size-8" />
          <div className="grid flex-1 content-center gap-2">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </Loading>
  )
}
