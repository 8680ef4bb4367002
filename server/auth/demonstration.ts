/** The people of the demonstration, with one click each on its sign-in page. */
export const demonstrationPeople = [
  { name: 'ada', role: 'admin' },
  { name: 'ben', role: 'member' },
  { name: 'cleo', role: 'member' },
  { name: 'dora', role: 'member' },
] as const

/** Known to everyone, hence worthless outside the demonstration: no one may choose it or sign in with it there. */
export const demonstrationPassword = 'switchboard'
