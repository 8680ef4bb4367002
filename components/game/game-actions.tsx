import { Flag, Handshake, RotateCcw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, buttonClass } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Link } from '#components/ui/link'
import { Notice } from '#components/ui/notice'
import { capital, nameOf } from './game-words'
import type { GameView } from './use-game'

type Verb = 'offerDraw' | 'accept' | 'decline' | 'rematch'

/**
 * What a player can do beside moving; who watches is shown the way on. A button that is gone once it was pressed leaves
 * the focus here, and not at the top of the page.
 */
export function GameActions({ view }: { view: GameView }) {
  const { game, seat, ask, status } = view
  const [busy, setBusy] = useState<Verb>()
  const [failure, setFailure] = useState<{ words: string; stood: string }>()
  const group = useRef<HTMLDivElement>(null)
  const held = useRef(false)
  // What a press changes here: once it has, nothing said of the one before holds any more.
  const stood = [game.state, game.drawOfferedBy, game.rematchBy, game.rematch].join()
  const stands = useRef(stood)
  useEffect(() => {
    stands.current = stood
    if (held.current && document.activeElement === document.body) group.current?.focus()
  }, [stood])
  const opponent = seat === null ? '' : nameOf(game, seat === 0 ? 1 : 0, seat)
  const offline = status !== 'joined'

  function run(verb: Verb) {
    setBusy(verb)
    const asked =
      verb === 'offerDraw' || verb === 'rematch' ? ask(verb, {}) : ask('answerDraw', { accept: verb === 'accept' })
    void asked.then((failed) => {
      setBusy(undefined)
      setFailure(failed ? { words: failed, stood: stands.current } : undefined)
    })
  }
  const button = (verb: Verb) => ({ busy: busy === verb, disabled: offline, onClick: () => run(verb) })

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent together
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: it hears where the focus is, and does nothing
    <div
      ref={group}
      role="group"
      aria-label="What you can do"
      tabIndex={-1}
      onFocus={() => {
        held.current = true
      }}
      onBlur={() => {
        held.current = false
      }}
      className="grid gap-3 focus-visible:outline-none"
    >
      {failure?.stood === stood && (
        <Notice tone="danger" role="alert">
          {failure.words}
        </Notice>
      )}
      {game.state === 'playing' && seat !== null && (
        <div className="flex flex-wrap gap-2">
          {game.drawOfferedBy === null && (
            <Button icon={<Handshake aria-hidden className="size-4" />} {...button('offerDraw')}>
              Offer a draw
            </Button>
          )}
          {game.drawOfferedBy === seat && (
            <p className="flex h-8 items-center text-sm text-ink-2">
              You offer a draw. {capital(opponent)} may answer or move on.
            </p>
          )}
          {game.drawOfferedBy !== null && game.drawOfferedBy !== seat && (
            <>
              <p className="w-full text-sm font-medium">{capital(opponent)} offers a draw.</p>
              <Button variant="primary" {...button('accept')}>
                Accept the draw
              </Button>
              <Button {...button('decline')}>Decline</Button>
            </>
          )}
          <ConfirmDialog
            trigger={
              <Button disabled={offline} icon={<Flag aria-hidden className="size-4" />}>
                Resign
              </Button>
            }
            title="Resign this game?"
            description={`${opponent} wins at once. It cannot be taken back.`}
            confirm="Resign"
            variant="danger"
            onConfirm={() => ask('resign', {})}
          />
        </div>
      )}
      {game.state === 'over' && (
        <div className="flex flex-wrap items-center gap-2">
          {seat !== null && game.seats.length === 2 && game.rematch === null && game.rematchBy !== seat && (
            <Button variant="primary" icon={<RotateCcw aria-hidden className="size-4" />} {...button('rematch')}>
              {game.rematchBy === null ? 'Rematch' : `Accept the rematch with ${opponent}`}
            </Button>
          )}
          {seat !== null && game.rematchBy === seat && game.rematch === null && (
            <p className="text-sm text-ink-2">You asked {opponent} for a rematch.</p>
          )}
          {game.rematch !== null && (
            <Link href={`/game/${game.rematch}`} className={buttonClass({ variant: 'primary' })}>
              Go to the rematch
            </Link>
          )}
          <Link href="/game" className={buttonClass()}>
            Back to the lobby
          </Link>
        </div>
      )}
    </div>
  )
}
