import type { Announcement } from '../../shared/announcements/announcement.schema.ts';
import type { StatusKind } from '../../shared/announcements/told.ts';
import { REGISTRATION_STATUSES } from '../../shared/event/attendee.ts';
import type { EventDefinition, Session } from '../../shared/event/event.ts';
import type { ProgrammeChange } from '../../shared/event/known-programme.schema.ts';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import type { MailKind } from '../../shared/mail/kinds.ts';
import type { Digest } from '../../shared/registration/digest/digest-item.schema.ts';
import { sampleData, sampleGuardianNews, sampleMessage } from './mail-fixture.ts';

/** Whatever a message may be made from. */
type Data = Readonly<Record<string, unknown>> & { readonly event: EventDefinition<string> };

const OWN_PAGE = 'https://forum.example.org/d/safe-networks-2027.AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB';

/** Two sessions to sign up for, and a closed one. */
const SESSIONS: readonly Session<string>[] = [
  { id: 'chosen', title: 'First steps', day: 'day-1', start: '10:00', end: '11:00', room: 'Room 2', signUp: true },
  { id: 'left', title: 'Second steps', day: 'day-2', start: '10:00', end: '11:00', signUp: true },
  { id: 'closed', title: 'Round table', day: 'day-2', start: '14:00', end: '15:00', audience: ['ministry'] },
];

const registered = (changes: object) => (data: Data) =>
  'registration' in data ? { ...data, registration: { ...(data['registration'] as object), ...changes } } : data;
const linked = (changes: object) => (data: Data) => ({ ...data, links: { ...(data['links'] as object), ...changes } });
const given = (changes: object) => (data: Data) => ({ ...data, ...changes });
const atEvent = (changes: Partial<EventDefinition<string>>) => (data: Data) => ({
  ...data,
  event: { ...data.event, ...changes },
});
const without = (name: string) => (data: Data) => {
  const { [name]: _, ...rest } = data;
  return rest as Data;
};
const having = (name: string, change: (data: Data) => Data) => (data: Data) => (name in data ? change(data) : data);
const all =
  (...changes: readonly ((data: Data) => Data)[]) =>
  (data: Data): Data =>
    changes.reduce((before, change) => change(before), data);
const ticketed = (language: ProductLanguage) => given({ ticket: sampleData(language).ticket });

const NEWS: readonly StatusKind[] = ['event-cancelled', 'event-postponed', 'event-moved-online', 'event-rescheduled'];
const DIGESTED = ['own', 'unreached', 'overdue'] as const;

const NEW_SESSION: ProgrammeChange = {
  what: 'session',
  after: {
    id: 'new',
    title: { en: 'New session' },
    ...{ day: 'day-1', date: '2027-11-02', start: '16:00', end: '17:00' },
  },
};

/** Whose mail has other words, by what is otherwise with them or their event. */
const readers = (language: ProductLanguage): Readonly<Record<string, (data: Data) => Data>> => ({
  online: registered({ mode: 'online', days: ['day-2'] }),
  young: registered({ ageBand: 'minor' }),
  'young-online': registered({ ageBand: 'minor', mode: 'online' }),
  ...Object.fromEntries(
    REGISTRATION_STATUSES.flatMap((status) => [
      [status, registered({ status })],
      [`${status}-unproven`, registered({ status, unproven: true })],
      [`${status}-without-ticket`, all(registered({ status }), without('ticket'))],
    ]),
  ),
  meanwhile: all(
    registered({ status: 'waitlisted', waiting: { since: '2027-03-01T08:00:00.000Z', meanwhile: 'online' } }),
    without('ticket'),
  ),
  'by-organisers': given({ byOrganisers: true }),
  'no-days': registered({ days: [] }),
  'waits-for-sessions': given({ waitingFor: { quotas: ['First steps'], forSessionsAlone: true } }),
  'waits-for-nothing': without('waitingFor'),
  sessions: all(atEvent({ sessions: SESSIONS }), given({ sessions: [SESSIONS[0], SESSIONS[2]] })),
  'changed-sessions': all(
    atEvent({ sessions: SESSIONS }),
    registered({ days: ['day-1'] }),
    given({ sessions: [SESSIONS[0]] }),
    ticketed(language),
  ),
  ticketed: ticketed(language),
  coordinator: all(given({ about: 'Sokha Sample' }), linked({ delegation: OWN_PAGE })),
  'coordinator-of-several': all(
    given({ concerned: ['Sokha Sample', 'Dara Sample'] }),
    linked({ delegation: OWN_PAGE }),
    without('ticket'),
  ),
  'of-a-delegation': linked({ coordinator: `${OWN_PAGE}&asks=coordinator` }),
  unsubscribable: linked({ unsubscribe: `${OWN_PAGE}/stop` }),
  away: linked({ afterwards: {} }),
  'address-undone': (data) =>
    'until' in data ? { ...linked({ address: undefined })(data), ...('became' in data && { became: 'undone' }) } : data,
  'address-overtaken': (data) =>
    'became' in data ? { ...linked({ address: undefined })(data), became: 'overtaken' } : data,
  'event-cancelled': atEvent({ status: 'cancelled' }),
  'event-moved-online': all(atEvent({ status: 'moved-online' }), registered({ mode: 'online' })),
  'event-plain': atEvent({ safeguarding: undefined, minors: undefined, questions: [] } as never),
  'event-named-country': (data) => atEvent({ venue: { ...data.event.venue, address: '1 Street, Cambodia' } })(data),
  'event-with-resources': atEvent({
    resources: [{ id: 'guide', title: 'A guide', publisher: 'Forum', url: 'https://forum.example.org/guide' }],
  }),
  'event-in-summer-time': atEvent({ timeZone: 'Europe/Paris' }),
  'event-in-hours-to-prove': (data) =>
    atEvent({ registration: { ...data.event.registration, proveWithin: '96 hours' } })(
      registered({ unproven: true })(data),
    ),
  ...Object.fromEntries(
    NEWS.flatMap((what) =>
      [false, true].map((isAsked) => [
        `guardian-of-${what}${isAsked ? '-asked' : ''}`,
        having('isAsked', () => sampleGuardianNews(language, what, isAsked) as never),
      ]),
    ),
  ),
  'no-news': having('changes', given({ changes: [] })),
  'new-session': having('changes', given({ changes: [NEW_SESSION] })),
  'nobody-held': having('held', given({ held: [] })),
  'nobody-named': all(having('by', given({ by: [] })), without('reason')),
  'in-english-only': having('announcement', ({ announcement, ...data }) => {
    const { words, ...rest } = announcement as Announcement;
    return { ...data, announcement: { ...rest, words: { en: words?.['en'] } } } as never;
  }),
  ...Object.fromEntries(
    DIGESTED.map((what) => [
      `digest-${what}`,
      having('digest', ({ digest, ...data }) => ({ ...data, digest: { [what]: (digest as Digest)[what] } }) as never),
    ]),
  ),
  'digest-overdue-unnamed': having(
    'digest',
    given({ digest: { overdue: { count: 2, references: ['7K3M9QX2BC', '2222222222'] } } }),
  ),
});

/** Kinds that nobody is sent without their ticket. */
const WITH_TICKET: readonly MailKind[] = ['confirmed', 'promoted'];

/** Everyone that a message of a kind may be to, with what theirs is made from: first the usual one, of whom the others differ. */
export function readersOf(kind: MailKind, language: ProductLanguage): ReadonlyMap<string, Data> {
  const usual = sampleMessage(kind, language) as never as Data;
  const others = Object.entries(readers(language)).map(([name, change]): [string, Data] => {
    const data = change(usual);
    return [name, WITH_TICKET.includes(kind) ? { ...data, ticket: usual['ticket'] } : data];
  });
  return new Map([['usual', usual], ...others]);
}
