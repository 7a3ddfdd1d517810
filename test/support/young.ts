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
    name: 'Dara',
    email: 'dara.sample@example.org',
    language: 'en',
    'guardian.name': 'Vanna Sample',
    'guardian.email': 'vanna.sample@example.org',
    'guardian.language': 'km',
    ...changes,
  });

/** What a guardian ticks, as the fields of their page. */
export const consentFields = (photo = false): [string, string][] => [
  ['action', 'agree'],
  ['phone', '+855 12 000 000'],
  ['consents.attendance', '2027-1'],
  ...(photo ? [['consents.photo-recording', '2027-1'] as [string, string]] : []),
];

/** What is left to answer once a guardian has agreed, as the fields of that page. */
export const completeFields = (changes: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    fullName: 'Dara Sample',
    badgeName: 'Dara',
    organisation: 'Sample School',
    country: 'KH',
    category: 'children-youth',
    mode: 'in-person',
    days: 'day-1',
    'consents.code-of-conduct': '2027-1',
    ...changes,
  });

/** The same for someone whose guardian has no email. */
export const onPaper = (name: string) =>
  youngSubmission({ email: `${name}@young.example.org`, guardian: { name: 'Parent Sample', onPaper: true } });

/** What stands on a signed form. */
export const signedForm = (changes: Record<string, unknown> = {}) => ({
  consents: { attendance: '2027-1' },
  signedBy: 'Parent Sample',
  signedOn: '2026-01-31',
  phone: '+855 12 000 000',
  ...changes,
});

/** Whom a minor names in place of the guardian that was asked first, as the fields of that page. */
export const otherGuardian = (code: string, changes: Record<string, string> = {}): [string, string][] =>
  Object.entries({
    action: 'ask',
    code,
    'guardian.name': 'Bopha Sample',
    'guardian.email': 'bopha.sample@example.org',
    'guardian.language': 'en',
    ...changes,
  });

/** The code in the mail that brings it. */
export const codeIn = ({ text }: { readonly text: string }): string =>
  /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0] ?? '';
