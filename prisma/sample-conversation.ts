import type { Line } from '#server/models/message-import'

/** What the demonstration's people have said, oldest first. */
export const sampleConversation: Line[] = [
  {
    room: 'general',
    author: 'ada',
    minutesAgo: 1510,
    body: 'Good morning. The stock count in hall 2 is done: 1,214 places, 9 corrections.',
    reactions: { '👍': ['dora', 'ben'], '🎉': ['cleo'] },
  },
  {
    room: 'general',
    author: 'dora',
    minutesAgo: 1502,
    body: 'Were the brackets for the Lindner order among the nine?',
  },
  { room: 'general', author: 'ada', minutesAgo: 1500, body: 'No, those were right to the piece.', answers: 2 },
  {
    room: 'general',
    author: 'ben',
    minutesAgo: 96,
    body: 'The import of the autumn orders is through: 98,412 rows, 31 rejected. I sent the list round.',
    reactions: { '✅': ['cleo'] },
  },
  {
    room: 'general',
    author: 'cleo',
    minutesAgo: 94,
    body: 'Thanks. I take the rejected ones, they are all missing a customer number.',
  },
  { room: 'general', author: 'dora', minutesAgo: 61, body: 'Work order 4711 waits for a plan. Who is calculating it?' },
  {
    room: 'general',
    author: 'ada',
    minutesAgo: 60,
    body: 'Me. It takes about a minute, then it is yours.',
    answers: 6,
  },
  { room: 'general', author: 'ben', minutesAgo: 12, body: 'Is the printer in hall 2 back?' },
  {
    room: 'orders',
    author: 'cleo',
    minutesAgo: 75,
    body: 'Lindner wants 40 brackets more on order 2088, same delivery date.',
  },
  {
    room: 'orders',
    author: 'ben',
    minutesAgo: 71,
    body: 'In stock. I changed the line and confirmed it to them.',
    reactions: { '👍': ['cleo'] },
  },
  { room: 'hall-2', author: 'dora', minutesAgo: 180, body: 'Saw 3 is down until noon, the blade guard sensor again.' },
  { room: 'hall-2', author: 'ben', minutesAgo: 44, body: 'Saw 3 runs. The sensor was dirty, not broken.', answers: 1 },
  { room: 'planning', author: 'ada', minutesAgo: 300, body: 'A third shift in hall 2 from January: can we staff it?' },
  {
    room: 'planning',
    author: 'dora',
    minutesAgo: 240,
    body: 'With two people from hall 1, yes. I ask them this week.',
  },
]

/** What ada and dora have said to each other. */
export const sampleDirect: Omit<Line, 'room'>[] = [
  { author: 'dora', minutesAgo: 130, body: 'Do you have ten minutes about the new saw?' },
  { author: 'ada', minutesAgo: 128, body: 'After lunch, in hall 2.', reactions: { '👍': ['dora'] } },
]
