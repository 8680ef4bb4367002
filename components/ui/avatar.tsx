const sizes = {
  sm: 'size-6 text-[0.625rem]',
  md: 'size-7 text-[0.6875rem]',
  lg: 'size-9 text-sm',
}

export interface AvatarProps {
  name: string
  size?: keyof typeof sizes
  presence?: 'here' | 'idle'
}

/** The name always stands beside it, so that only the presence is read aloud. */
export function Avatar({ name, size = 'md', presence }: AvatarProps) {
  return (
    <span className="relative inline-flex shrink-0">
      <span
        aria-hidden
        className={`inline-grid place-items-center rounded-full bg-accent-soft font-semibold text-accent uppercase select-none ${sizes[size]}`}
      >
        {name.slice(0, 2)}
      </span>
      {presence && (
        <>
          <span className="sr-only">{presence}</span>
          <span
            aria-hidden
            className={`absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-page ${presence === 'here' ? 'bg-ok' : 'bg-line-control'}`}
          />
        </>
      )}
    </span>
  )
}
