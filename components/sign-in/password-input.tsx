'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { Input } from '#components/ui/input'

export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        className="pr-10 pointer-coarse:pr-12"
        spellCheck={false}
        autoCapitalize="none"
      />
      <IconButton
        label={shown ? 'Hide the password' : 'Show the password'}
        icon={shown ? <EyeOff /> : <Eye />}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 my-auto"
      />
    </div>
  )
}
