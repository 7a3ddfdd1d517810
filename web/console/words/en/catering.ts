/** Numbers for whoever cooks. */
export const catering = {
  title: 'Catering',
  explain:
    'How many of those who are confirmed and come in person chose what, on each day. Nobody’s name is here, and people under 18 are counted like anyone. Who needs something of their own is under “To arrange”.',
  asOf: (instant: string, zone: string) => `As of ${instant} (${zone}).`,
  choice: 'Choice',
  everyone: 'Everyone who comes',
  nothingAsked: 'This event asks nobody to choose anything.',
  again: 'Read the numbers again',
  readAgain: 'These are the numbers now.',
  print: 'Print',
  save: 'Save as CSV',
  saved: 'The file is being saved. It holds numbers only.',
};
