import { useEffect } from 'react'

const counted = /^\(\d+\) /

/** Puts the count before the title of the page, whatever page it is: Next writes the title anew on every way. */
export function useTitleCount(unread: number): void {
  useEffect(() => {
    const write = () => {
      const title = `${unread > 0 ? `(${unread}) ` : ''}${document.title.replace(counted, '')}`
      if (document.title !== title) document.title = title
    }
    write()
    const observer = new MutationObserver(write)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      document.title = document.title.replace(counted, '')
    }
  }, [unread])
}
