/** What the demonstration's people have said, oldest first: room, author, minutes ago, text. */
export const sampleConversation: [room: string, author: string, minutesAgo: number, body: string][] = [
  ['general', 'ada', 1510, 'Good morning. The stock count in hall 2 is done: 1,214 places, 9 corrections.'],
  ['general', 'dora', 1502, 'Were the brackets for the Lindner order among the nine?'],
  ['general', 'ada', 1500, 'No, those were right to the piece.'],
  [
    'general',
    'ben',
    96,
    'The import of the autumn orders is through: 98,412 rows, 31 rejected. I sent the list round.',
  ],
  ['general', 'cleo', 94, 'Thanks. I take the rejected ones, they are all missing a customer number.'],
  ['general', 'dora', 61, 'Work order 4711 waits for a plan. Who is calculating it?'],
  ['general', 'ada', 60, 'Me. It takes about a minute, then it is yours.'],
  ['general', 'ben', 12, 'Is the printer in hall 2 back?'],
  ['orders', 'cleo', 75, 'Lindner wants 40 brackets more on order 2088, same delivery date.'],
  ['orders', 'ben', 71, 'In stock. I changed the line and confirmed it to them.'],
  ['hall-2', 'dora', 180, 'Saw 3 is down until noon, the blade guard sensor again.'],
  ['hall-2', 'ben', 44, 'Saw 3 runs. The sensor was dirty, not broken.'],
]
