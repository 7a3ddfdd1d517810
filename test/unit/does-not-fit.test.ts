import { describe, expect, it } from 'vitest';
import { messagesOf } from '../../infra/languages.ts';
import { listProblems } from '../../shared/checkin/list/list.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { definitionProblems } from '../../shared/event/publish/definition-problems.case.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { fieldWords } from '../../shared/kernel/i18n/problems.ts';
import { siteWords } from '../../shared/kernel/i18n/site.store.ts';
import { type DefinitionProblem, doesNotFit, type Unfit } from '../../shared/kernel/text/field-problem.ts';
import { openingProblems } from '../../shared/minors/report/report.ts';
import { changeOf, proposalProblems } from '../../shared/team/role/role-rule.ts';
import { forum } from '../support/forum.ts';

const WHYS = Object.keys(messagesOf('en', 'site') ?? {}).flatMap((key) =>
  key.startsWith('unfit.') ? [key.slice('unfit.'.length) as Unfit['why']] : [],
);
/** What any sentence takes, in no language's letters. */
const ANY = Object.fromEntries(
  [...['max', 'name', 'list', 'session', 'closes', 'days', 'languages', 'language'], ...['category', 'day', 'known']]
    .concat('start', 'end', 'domain', 'message', 'id', 'until', 'date', 'type', 'version')
    .map((name) => [name, '¤']),
);
/** What the author of a definition writes, in each language as it is written there. */
const AS_WRITTEN = /«closed: true»|«online»/g;

const said = (problem: Unfit, language: string) => fieldWords({ ...doesNotFit('name', problem) }, siteWords(language));

describe('why something does not fit the rest of an event', () => {
  it.each(WHYS)('%s is said in the language of the reader, with nothing of another in it', (why) => {
    const sentences = LANGUAGE_TAGS.map((language) => said({ why, with: ANY } as never, language));
    expect(new Set(sentences).size).toBe(LANGUAGE_TAGS.length);
    const [english = '', ...others] = sentences;
    expect(english).not.toContain('unfit.');
    expect(english.match(/¤/g)).toEqual(others[0]?.match(/¤/g));
    for (const sentence of others) expect(sentence.replaceAll(AS_WRITTEN, '')).not.toMatch(/[a-z{}]/i);
  });

  it('is as it was in English, for programs and for who reads it', () => {
    expect(said({ why: 'tag-there', with: { name: 'Press' } }, 'en')).toBe(
      'This does not fit the rest of the event: there is the tag "Press" already.',
    );
    expect(said({ why: 'session-order', with: { start: '09:00' } }, 'fr')).toContain("the session's start, 09:00.");
  });
});

describe('what a page of the console can break in a definition', () => {
  const event = forum();
  const [first, ...rest] = event.sessions;
  if (first === undefined) throw new Error('the forum has no session');
  const withSession = (changes: object): EventDefinition => ({
    ...event,
    sessions: [{ ...first, ...changes }, ...rest],
  });
  const { registration } = event;
  const noReader = (by: object = {}): readonly DefinitionProblem[] =>
    openingProblems(undefined, { ...event, ...by }, [], new Date('2026-11-28T00:00:00Z'));
  const { safeguarding: _, ...unguarded } = event;
  const { safeguarding: { deputy, ...contact } = {} } = event;

  it.each<[string, EventDefinition]>([
    ['a session on no day', withSession({ day: 'day-9' })],
    ['a session that ends first', withSession({ start: '10:00', end: '09:00' })],
    ['a session before its day', withSession({ start: '00:01' })],
    ['a session after its day', withSession({ end: '23:59' })],
    ['a session for nobody', withSession({ audience: ['nobody'] })],
    ['a session beside others that nobody chooses', withSession({ mayOverlap: true })],
    ['a title in one language', withSession({ title: { en: 'Opening' } })],
    ['a title in a language too many', withSession({ title: { ...first.title, lo: 'x' } })],
    ['a blank title', withSession({ title: { ...first.title, en: ' ' } })],
    ['registration that closes first', { ...event, registration: { ...registration, closesAt: registration.opensAt } }],
    ['registration after all', { ...event, registration: { ...registration, closesAt: '2099-01-01T00:00:00Z' } }],
    ['a short time to prove', { ...event, registration: { ...registration, proveWithin: '24 hours' } as never }],
    ['a quota of none each', { ...event, quotas: [{ ...event.quotas[0], per: 'country', capacity: 0 }] as never }],
    ['online without it', { ...event, status: 'moved-online', modes: event.modes.filter(({ id }) => id !== 'online') }],
    [
      'certificates for no session',
      {
        ...event,
        certificate: { kind: 'sessions', least: 1 } as never,
        sessions: event.sessions.map((each) => ({ ...each, audience: [event.categories[0]?.id ?? ''] })),
      },
    ],
  ])('%s: has a code', (_, edited) => {
    const problems = definitionProblems(edited);
    const about = problems.filter(({ path }) =>
      ['sessions', 'registration', 'quotas', 'status', 'certificate'].includes(String(path[0])),
    );
    expect(about.length).toBeGreaterThan(0);
    expect(about.map(({ message }) => message)).toEqual(about.map(() => undefined));
  });

  it('opening registration where nobody reads reports has codes', () => {
    const { minors: __, ...adults } = event;
    const all = [
      ...noReader(),
      ...openingProblems(undefined, adults, [], new Date('2026-11-28T00:00:00Z')),
      ...openingProblems(undefined, unguarded, [], new Date('2026-11-28T00:00:00Z')),
      ...noReader({ safeguarding: contact }),
      ...noReader({ safeguarding: { ...event.safeguarding, deputy: { ...deputy, email: event.secretariat.email } } }),
      ...noReader({ safeguarding: { ...event.safeguarding, deputy: { ...deputy, email: event.safeguarding?.email } } }),
    ];
    const whys = new Set(all.map(({ unfit }) => unfit?.why));
    expect([...whys].sort()).toEqual([
      ...['open-no-deputy', 'open-no-reader', 'open-no-vetted-reader', 'reports-domain'],
      ...['reports-no-contact', 'reports-no-deputy', 'reports-same'],
    ]);
  });
});

it('rules of lists and roles say why in the language of the reader', () => {
  const event = forum();
  const list = {
    id: 'event',
    place: { kind: 'event' },
    modes: ['in-person'],
    signedUpOnly: false,
    passing: 'once',
  } as const;
  const issues = [
    ...listProblems(event, [list], { ...list, passing: 'again' }, true, String),
    ...proposalProblems(
      { members: [{ id: 'a', grants: [{ role: 'organiser' }], email: 'a@b.test' }], today: '2027-01-01' },
      { grants: [{ role: 'care' }], invitedBy: 'a', email: 'a@b.test' },
    ),
    changeOf([{ role: 'safeguarding' }], [{ role: 'organiser' }]),
  ];
  expect(issues).toHaveLength(3);
  for (const issue of issues) expect('code' in issue && fieldWords(issue, siteWords('km'))).toMatch(/^[^a-z]+$/i);
});
