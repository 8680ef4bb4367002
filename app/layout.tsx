import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Toaster } from '#components/ui/toaster'
import './globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Switchboard', default: 'Switchboard' },
  description: 'Every use of authenticated server push, on one line.',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafc' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1013' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page rendered ahead of its request cannot carry the nonce of the content security policy.
  await connection()
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        {children}
        <Toaster />
      </body>
    </html>
  )
}
