import type { EndReason } from '#channels/wire'
import type { Tone } from '#components/ui/tone-mark'

export interface EndedWords {
  tone: Tone
  title: string
  text: string
  /** Who gets in again by signing in, and who by loading the page. */
  way: 'sign-in' | 'reload'
  /** Somebody else may be at work: say what to do about it. */
  alarming?: true
}

/** The one place for what each end of a session or a socket is called. */
export const endedWords: Record<EndReason, EndedWords> = {
  'signed-out': {
    tone: 'neutral',
    title: 'You are signed out',
    text: 'This session has ended.',
    way: 'sign-in',
  },
  'signed-in-elsewhere': {
    tone: 'warn',
    title: 'You were signed out here',
    text: 'Your account was signed in on another device, and it is open on one device at a time.',
    way: 'sign-in',
    alarming: true,
  },
  revoked: {
    tone: 'warn',
    title: 'This session was ended for you',
    text: 'You ended it from another device, or an administrator did.',
    way: 'sign-in',
    alarming: true,
  },
  expired: {
    tone: 'neutral',
    title: 'Your session has expired',
    text: 'A session lasts for a limited time. Sign in to go on.',
    way: 'sign-in',
  },
  malformed: {
    tone: 'danger',
    title: 'The line was closed',
    text: 'This page sent something the server does not understand. It may be older than the server: load it again.',
    way: 'reload',
  },
  forbidden: {
    tone: 'danger',
    title: 'The line was closed',
    text: 'This page asked for something your role does not allow. Load it again to see what is open to you.',
    way: 'reload',
  },
  'rate-limited': {
    tone: 'warn',
    title: 'The line was closed',
    text: 'This page sent too much in a short time. Wait a moment, then load it again.',
    way: 'reload',
  },
  'too-slow': {
    tone: 'warn',
    title: 'The line was closed',
    text: 'This page could not keep up with what arrived. Load it again to have everything.',
    way: 'reload',
  },
  restarting: {
    tone: 'neutral',
    title: 'The server is restarting',
    text: 'Nothing that was sent is lost. Load the page again in a moment.',
    way: 'reload',
  },
}

/** The line alone was ended, by an admin: the session lives on. */
export const lineEnded: EndedWords = {
  tone: 'warn',
  title: 'This page’s line was ended',
  text: 'An administrator closed it. You are still signed in: load the page again to go on.',
  way: 'reload',
}

/** The password first: who knows it comes back. */
export const alarm =
  'If that was not you, somebody knows your password: sign in and change it, or tell an administrator.'
