import {
  byStanding,
  type Challenge,
  type ListedGame,
  type LobbyState,
  type lobby,
  type Standing,
} from '#channels/lobby'
import type { Fold } from '#components/realtime/fold'

export const lobbyFold: Fold<typeof lobby> = {
  pushes: {
    challenged: (state, challenge) => ({ ...state, challenges: put(state.challenges, challenge, byAge) }),
    settled: settle,
    started: (state, game) => ({ ...state, games: put(state.games, game, byStart) }),
    ended: (state, { id }) => ({ ...state, games: state.games.filter((game) => game.id !== id) }),
    ranked: (state, standings) => ({ ...state, standings: standings.reduce(rank, state.standings) }),
  },
  // A challenge one has made comes by its push: by the time of the answer someone may have taken it.
  outputs: { accept: settle, decline: settle, withdraw: settle },
}

function settle(state: LobbyState, { id }: { id: string }): LobbyState {
  return { ...state, challenges: state.challenges.filter((challenge) => challenge.id !== id) }
}

function put<One extends { id: string }>(all: One[], one: One, order: (a: One, b: One) => number): One[] {
  return [...all.filter(({ id }) => id !== one.id), one].sort(order)
}

function rank(all: Standing[], one: Standing): Standing[] {
  return [...all.filter(({ user }) => user.id !== one.user.id), one].sort(byStanding)
}

function byAge(one: Challenge, other: Challenge): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1)
}

function byStart(one: ListedGame, other: ListedGame): number {
  return one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1)
}
