import { describe, expect, it } from 'vitest';
import type { CheckInList } from '../../shared/checkin/check-in-items.schema.ts';
import { ticketHolderOf } from '../../shared/checkin/holder.ts';
import { listTermsOf, usualList, usualLists } from '../../shared/checkin/list/list.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { checkSubmission } from '../../shared/registration/apply/submission.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { newRegistration } from '../../shared/registration/registration-state.store.ts';
import { forum, submission } from '../support/forum.ts';

const event: EventDefinition<string> = splitTexts(forum()).rules;
const [day, second] = event.days;
const at = (date = '', time = '') => Date.parse(`${date}T${time}:00+07:00`);
const HOUR = 3_600_000;

describe('the lists of an event', () => {
  it('are its entrance and its days, to begin with', () => {
    expect(usualLists(event).map(({ place }) => place)).toEqual([
      { kind: 'event' },
      ...event.days.map(({ id }) => ({ kind: 'day', day: id })),
    ]);
  });

  it('open two hours before a day and close at its end, in the time zone of the event', () => {
    const door = listTermsOf(event, usualList('one', { kind: 'day', day: day?.id ?? '' }));
    expect(door?.opensAt).toBe(at(day?.date, day?.start) - 2 * HOUR);
    expect(door?.closesAt).toBe(at(day?.date, day?.end));
  });

  it('open when an organiser says', () => {
    const list: CheckInList = { ...usualList('all', { kind: 'event' }), opensAt: '2027-11-01T08:00:00+07:00' };
    expect(listTermsOf(event, list)).toMatchObject({
      opensAt: at('2027-11-01', '08:00'),
      closesAt: at(second?.date, second?.end),
    });
  });

  it('ask for those who signed up where people sign up, and for those who were let in where it is closed', () => {
    const doorTo = (id: string) => listTermsOf(event, usualList(id, { kind: 'session', session: id }));
    for (const { id, day: on, signUp, audience } of event.sessions) {
      const isNamed = signUp === true || audience !== undefined;
      expect(doorTo(id)).toMatchObject({ day: on, isClosed: audience !== undefined });
      expect(doorTo(id)?.session).toBe(isNamed ? id : undefined);
    }
    const closed = event.sessions.find(({ audience }) => audience);
    const open: CheckInList = {
      ...usualList('x', { kind: 'session', session: closed?.id ?? '' }),
      signedUpOnly: false,
    };
    expect(listTermsOf(event, open)?.session).toBe(closed?.id);
  });

  it.each([
    ['day', { kind: 'day', day: 'gone' }],
    ['session', { kind: 'session', session: 'gone' }],
  ] as const)('are no door where their %s is not in the programme any more', (_, place) => {
    expect(listTermsOf(event, usualList('x', place))).toBeUndefined();
  });
});

describe('whoever holds a ticket', () => {
  const checked = checkSubmission(event, submission());
  if ('issues' in checked) throw new Error('the forum refuses the sample submission');
  const adult = newRegistration(realSystem, event, checked.application, { status: 'confirmed', seats: [] });
  const nobody = { minors: 0, chaperones: 0 };
  const consents = Object.fromEntries((event.minors?.consents ?? []).map(({ id, version }) => [id, version]));
  const days = adult.days;
  const chaperone = { reference: 'X', acceptedAt: '2027-10-01T00:00:00Z', vettedUntil: '2030-01-01', days };
  const known = { guardianConsents: consents, chaperone };
  const minor: Registration = { ...adult, ageBand: 'minor', minor: known };
  const enough = { minors: 1, chaperones: 5 };

  it('is told of by what a door has to know, and by no name', () => {
    const holder = ticketHolderOf(event, adult, nobody);
    expect(holder).toEqual({
      isConfirmed: true,
      category: adult.category,
      role: 'attendee',
      mode: adult.mode,
      days,
      sessions: adult.sessions,
      hold: undefined,
    });
    expect(ticketHolderOf(event, { ...adult, status: 'waitlisted' }, nobody).isConfirmed).toBe(false);
  });

  it('CS12: goes to the safeguarding desk as a minor without a chaperone, or where there are too few of them', () => {
    expect(ticketHolderOf(event, minor, enough).hold).toBeUndefined();
    expect(ticketHolderOf(event, { ...minor, minor: { ...known, chaperone: undefined } }, enough).hold).toBe(
      'chaperone',
    );
    expect(ticketHolderOf(event, minor, { minors: 1, chaperones: 0 }).hold).toBe('chaperone');
  });

  it('CS7: goes there as a minor whose guardian did not agree to what is required, or to other words', () => {
    expect(ticketHolderOf(event, { ...minor, minor: { ...known, guardianConsents: undefined } }, enough).hold).toBe(
      'consent',
    );
    const required = event.minors?.consents.find((each) => each.required);
    const older = { ...consents, [required?.id ?? '']: 'older' };
    expect(ticketHolderOf(event, { ...minor, minor: { ...known, guardianConsents: older } }, enough).hold).toBe(
      'consent',
    );
  });
});
