import { describe, expect, it } from 'vitest';
import type { RegistrationStatus } from '../../shared/event/attendee.ts';
import { openSessions, ownSessions, sessionsFor, signUpSessions } from '../../shared/event/sessions.ts';
import { holderView } from '../../shared/registration/link/registration-view.case.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { forum, pages, registration } from '../support/site-pages.ts';

const event = forum('en');
const closed = event.sessions.find(({ audience }) => audience !== undefined);
if (closed === undefined) throw new Error('the sample needs a closed session');
const invited = { status: 'confirmed', category: 'member-state', closedSessions: true } as const;
const ids = (sessions: readonly { readonly id: string }[]): string[] => sessions.map(({ id }) => id);

const held = {
  ...registration(),
  seats: [],
  ticketId: '',
  linkVersion: 1,
  eventId: event.id,
} as never as Registration;
const joinable = (changes: Partial<Registration>): string[] | undefined =>
  holderView({ ...held, mode: 'online', ...changes }, event, 'token', undefined, 'en').joinLinks?.map(
    ({ session }) => session,
  );

describe('a closed session', () => {
  it('is not among those that anyone may know of', () => {
    expect(ids(openSessions(event))).not.toContain(closed.id);
    expect(openSessions(event)).toHaveLength(event.sessions.length - 1);
  });

  it('is for those whom someone approved, asked for it, and belong to its audience', () => {
    expect(sessionsFor(event, invited)).toEqual(event.sessions);
  });

  it.each<[string, Partial<Registration>]>([
    ['belong to another group', { category: 'media' }],
    ['did not ask for it', { closedSessions: false }],
    ...(['pending-guardian', 'pending-approval', 'waitlisted', 'cancelled', 'declined', 'expired'] as const).map(
      (status): [string, { status: RegistrationStatus }] => [`are ${status}`, { status }],
    ),
  ])('is not for those who %s', (_, change) => {
    expect(sessionsFor(event, { ...invited, ...change })).toEqual(openSessions(event));
  });

  it('is joined and listed by those who may attend it only', () => {
    expect(joinable(invited)).toContain(closed.id);
    expect(joinable({ ...invited, closedSessions: false })).not.toContain(closed.id);
    expect(pages('en')['manage-member-state']).toContain(closed.title);
  });
});

describe('a session with places of its own', () => {
  it('is joined online by whoever signed up for it only, on their days', () => {
    const [workshop] = signUpSessions(event);
    if (workshop?.meetingUrl === undefined)
      throw new Error('the sample needs a session to sign up for, with a meeting');
    expect(joinable({ sessions: [workshop.id] })).toContain(workshop.id);
    expect(joinable({ sessions: [] })).not.toContain(workshop.id);
    expect(joinable({ sessions: [workshop.id], days: ['day-2'] })).not.toContain(workshop.id);
  });
});

describe('the part of the programme that is one’s own', () => {
  it('is what was signed up for, and closed sessions', () => {
    expect(ids(ownSessions(event, { ...invited, sessions: ['industry-first-steps'] }))).toEqual([
      'industry-first-steps',
      closed.id,
    ]);
    expect(ownSessions(event, { ...invited, closedSessions: false, sessions: [] })).toEqual([]);
  });
});

describe('pages that anyone may see', () => {
  it.each(['en', 'km'] as const)('never name a closed session: %s', (language) => {
    const { title, abstract } = forum(language).sessions.find(({ id }) => id === closed.id) ?? {};
    const personal = /^manage|^join/;
    for (const [name, page] of Object.entries(pages(language))) {
      if (name === 'manage-member-state') continue;
      expect(page, name).not.toContain(title);
      expect(page, name).not.toContain(abstract);
      if (!personal.test(name)) expect(page, name).not.toContain(closed.id);
    }
  });
});
