'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface TabsProps {
  /** What the tabs choose between, for screen readers. */
  label: string
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[]
}

/** The first one is open. What is not shown is not mounted, and so not joined. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <Radix.Root defaultValue={tabs[0]?.value} className="flex min-h-0 flex-1 flex-col">
      <Radix.List
        aria-label={label}
        className="flex shrink-0 gap-0.5 self-start rounded-md border border-line bg-sunken p-0.5"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="target h-7 rounded-sm border border-transparent px-3 text-sm text-ink-2 hover:text-ink data-[state=active]:border-line-strong data-[state=active]:bg-panel data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
