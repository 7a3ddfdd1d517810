import { describe, expect, it } from 'vitest';
import type { RegistrationStatus } from '../../shared/event/attendee.ts';
import { openSessions, ownSessions, sessionsFor, signUpSessions } from '../../shared/event/sessions.ts';
import { misfitsSession, poolsForSession, sessionsWith } from '../../shared/registration/bulk/add-to-session.ts';
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

describe('what keeps a person from a session that an organiser adds them to', () => {
  const [day = { id: '' }, other = { id: '' }] = event.days;
  const at = (id: string, start: string, end: string, more: object = {}) => ({
    ...{ id, title: id, day: day.id, start, end },
    ...more,
  });
  const asks = (id: string, more: object) => ({ id, title: id, type: 'text', required: true, ...more });
  const programme = {
    ...event,
    quotas: [],
    sessions: [
      at('wanted', '10:00', '11:00', { signUp: true }),
      at('before', '09:00', '10:00', { signUp: true }),
      at('inside', '10:20', '10:30', { signUp: true }),
      at('elsewhere', '10:00', '11:00', { signUp: true, day: other.id }),
      at('secret', '10:30', '12:00', { audience: ['member-state'] }),
      at('plenary', '10:00', '11:00'),
    ],
    questions: [],
  } as unknown as typeof event;
  const comes = { ...held, role: 'attendee', status: 'confirmed', days: [day.id], sessions: [], answers: {} } as const;
  const OWNER = [{ role: 'organiser' }] as const;
  const misfit = (person: object = {}, of: object = {}, isKnown?: (id: string) => boolean) =>
    misfitsSession({ ...programme, ...of } as typeof event, { ...comes, ...person } as never, 'wanted', OWNER, isKnown);

  it.each([
    ['nothing', {}, undefined],
    ['nothing of one before it', { sessions: ['before'] }, undefined],
    [
      'nothing of one at the same time on another day',
      { days: [day.id, other.id], sessions: ['elsewhere'] },
      undefined,
    ],
    ['one at the same time', { sessions: ['inside'] }, 'clash'],
    ['a closed one that they may attend', { category: 'member-state', closedSessions: true }, 'clash'],
    ['nothing of a closed one that is for others', { category: 'academia', closedSessions: true }, undefined],
    ['that they do not come on its day', { days: [other.id] }, 'other-day'],
  ])('is %s', (_, person, why) => expect(misfit(person)).toBe(why));

  it('is a question that it alone asks, as far as the answer would be seen', () => {
    const questions = [asks('laptop', { when: { session: ['wanted'] } })];
    expect(misfit({}, { questions })).toBe('unanswered');
    expect(misfit({}, { questions }, () => false)).toBeUndefined();
    expect(misfit({ answers: { laptop: 'None' } }, { questions })).toBeUndefined();
    for (const more of [{ required: false }, { later: true }, { care: true }, { when: undefined }]) {
      expect(misfit({}, { questions: [asks('laptop', { when: { session: ['wanted'] }, ...more })] })).toBeUndefined();
    }
  });

  it('is no question that was asked of which the member who adds them does not read the answers', () => {
    const when = { session: ['wanted'] };
    const [flight, laptop] = [asks('flight', { when, readers: ['protocol'] }), asks('laptop', { when })];
    const by = (grant: object, ...questions: object[]) =>
      misfitsSession({ ...programme, questions } as never, comes as never, 'wanted', [grant] as never);
    const desk = { role: 'custom', ticks: ['see-people', 'change-people'] };
    expect(by(desk, flight)).toBe('not-possible');
    expect(by(desk, laptop)).toBe('unanswered');
    expect(by(desk, flight, laptop)).toBe('unanswered');
    expect(by({ role: 'protocol' }, flight)).toBe('unanswered');
    expect(by({ role: 'custom', ticks: [...desk.ticks, 'protocol'] }, flight)).toBe('unanswered');
    // A grant that does not reach them reads nothing of them.
    expect(by({ role: 'focal-point', countries: ['ZZ'] }, { ...flight, readers: ['focal-point'] })).toBe(
      'not-possible',
    );
  });

  it('is that it is offered no more; of seats it needs those that it alone asks for, and a chaperone none', () => {
    expect(misfitsSession({ ...programme, sessions: [] }, comes as never, 'wanted', OWNER)).toBe('not-offered');
    expect(misfitsSession(programme, comes as never, 'plenary', OWNER)).toBe('not-offered');
    expect(misfitsSession(programme, comes as never, 'secret', OWNER)).toBe('not-offered');
    const room = { id: 'room', title: '', capacity: 9, shards: 1, when: { mode: [comes.mode] } };
    const seats = { id: 'wanted', title: '', capacity: 9, shards: 1, when: { session: ['wanted'] } };
    const limited = { ...programme, quotas: [room, seats] } as typeof event;
    expect(ids(poolsForSession(limited, comes as never, 'wanted').map(({ quota: id }) => ({ id })))).toEqual([
      'wanted',
    ]);
    expect(poolsForSession(limited, { ...comes, role: 'chaperone' } as never, 'wanted')).toEqual([]);
    expect(sessionsWith(programme, { sessions: ['inside', 'gone'] }, 'wanted')).toEqual(['wanted', 'inside']);
  });
});
