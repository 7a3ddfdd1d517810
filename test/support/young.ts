/** What someone under 18 sends first, as JSON. */
export const youngSubmission = (changes: Record<string, unknown> = {}) => ({
  ageBand: 'minor',
  name: 'Dara',
  email: 'dara.sample@example.org',
  language: 'en',
  guardian: { name: 'Vanna Sample', email: 'vanna.sample@example.org', language: 'km' },
  ...changes,
});

/** The same as the fields of the short form. */
export const youngFields = (changes: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    by: 'young',
    name: 'Dara',
    email: 'dara.sample@example.org',
    language: 'en',
    'guardian.name': 'Vanna Sample',
    'guardian.email': 'vanna.sample@example.org',
    'guardian.language': 'km',
    ...changes,
  });
