import { numbers, seriesRoom } from '#channels/number'
import { addSeries, changeSeries } from '#server/models/number-change'
import { holdAgain } from '#server/models/number-hold-again'
import { reserveNumber } from '#server/models/number-reserve'
import { readNumbers, requireNumberRoom } from '#server/models/number-room'
import { confirmNumber, giveBackNumber } from '#server/models/number-settle'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveNumber = serve(numbers, {
  authorize: ({ room }) => requireNumberRoom(room),
  state: ({ room }) => readNumbers(room),
  calls: {
    reserve: ({ session, room }, input) => reserveNumber(session.user, room, input),
    confirm: ({ session, room }, input) => confirmNumber(session.user, room, input),
    giveBack: ({ session, room }, input) => giveBackNumber(session.user, room, input),
    holdAgain: ({ session, room }, input) => holdAgain(session.user, room, input),
    change: ({ session, room }, input) => changeSeries(session.user, room, input),
    add: async ({ session, room }, input) => {
      if (room !== seriesRoom) refuse('invalid', 'A series is added in the room of all.')
      return addSeries(session.user, input)
    },
  },
})
