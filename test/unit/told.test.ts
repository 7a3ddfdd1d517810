import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnouncedStatus } from '../../shared/announcements/announcement.schema.ts';
import {
  eventStateOf,
  firstTold,
  hasNews,
  isAnnounced,
  isNewsTo,
  newStanding,
  tellAt,
  withNewSessions,
} from '../../shared/announcements/told.ts';
import { EVENT_STATUSES, type EventDefinition, type Session } from '../../shared/event/event.ts';
import type { ProgrammeChange } from '../../shared/event/known-programme.schema.ts';
import { changesFor, onceTold, programmeChanges, programmeOf } from '../../shared/event/programme/programme-change.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { forum } from '../support/forum.ts';

const AT = '2027-06-01T02:00:00.000Z';
const OPEN: Session = {
  id: 'workshop',
  title: { en: 'Workshop', km: 'សិក្ខាសាលា' },
  day: 'day-1',
  start: '10:00',
  end: '11:00',
  room: { en: 'Room A', km: 'បន្ទប់ ក' },
  signUp: true,
};
const CLOSED: Session = { ...OPEN, id: 'closed', audience: ['media'] };
const EVENT = forum({ sessions: [OPEN, CLOSED] });

const holder = (changes: Partial<Registration> = {}): Registration =>
  ({
    status: 'confirmed',
    category: 'academia',
    mode: 'in-person',
    days: ['day-1'],
    sessions: ['workshop'],
    closedSessions: false,
    ...changes,
  }) as Registration;

const withSession = (session: Session, id = session.id): EventDefinition => ({
  ...EVENT,
  sessions: EVENT.sessions.map((each) => (each.id === id ? session : each)),
});
const changed = (after: EventDefinition, before = EVENT): readonly ProgrammeChange[] =>
  programmeChanges(programmeOf(before), programmeOf(after));

describe('what of a programme concerns someone', () => {
  const moved = changed(withSession({ ...OPEN, start: '10:30' }));

  it('is a session that they signed up for, whether they have a seat or wait for one', () => {
    expect(changesFor(moved, holder())).toHaveLength(1);
    expect(changesFor(moved, holder({ status: 'waitlisted' }))).toHaveLength(1);
    expect(changesFor(moved, holder({ sessions: [] }))).toEqual([]);
    expect(changesFor(moved, holder({ status: 'cancelled' }))).toEqual([]);
  });

  it('is none where the event is written in one language less, or one more', () => {
    const { name, address } = EVENT.venue;
    const english = {
      ...withSession({ ...OPEN, room: { en: 'Room A' } }),
      venue: { ...EVENT.venue, name: { en: name['en'] ?? '' }, address: { en: address['en'] ?? '' } },
    };
    expect(changed(english)).toEqual([]);
    expect(changed(EVENT, english)).toEqual([]);
    expect(changed({ ...english, venue: { ...english.venue, name: { en: 'Elsewhere' } } })).toHaveLength(1);
  });

  it('is a closed session for those alone who are admitted', () => {
    const changes = changed(withSession({ ...CLOSED, end: '11:30' }));
    expect(changesFor(changes, holder({ category: 'media', closedSessions: true, sessions: [] }))).toHaveLength(1);
    const others: Partial<Registration>[] = [
      { category: 'media' },
      { category: 'media', closedSessions: true, status: 'pending-approval' },
      { closedSessions: true },
      { sessions: ['closed'] },
    ];
    for (const each of others) expect(changesFor(changes, holder(each))).toEqual([]);
  });

  it('of a session that was closed to them is no more than that it is theirs no more', () => {
    const { room: _, ...rest } = OPEN;
    const changes = changed(withSession({ ...rest, start: '12:00', end: '13:00', audience: ['media'] }));
    expect(changesFor(changes, holder())).toEqual([{ what: 'session', before: programmeOf(EVENT).sessions[0] }]);
    expect(JSON.stringify(changesFor(changes, holder()))).not.toContain('12:00');
  });

  it('is a room or the venue for whoever comes there, and the hours of their own days', () => {
    const room = changed(withSession({ ...OPEN, room: { en: 'Room B', km: 'បន្ទប់ ខ' } }));
    const venue = changed({ ...EVENT, venue: { ...EVENT.venue, name: { en: 'Elsewhere', km: 'កន្លែងផ្សេង' } } });
    for (const each of [room, venue]) {
      expect(changesFor(each, holder())).toHaveLength(1);
      expect(changesFor(each, holder({ mode: 'online' }))).toEqual([]);
    }
    const hours = changed({ ...EVENT, days: EVENT.days.map((day) => ({ ...day, start: '07:00' })) });
    expect(changesFor(hours, holder({ mode: 'online' }))).toMatchObject([{ what: 'day', before: { id: 'day-1' } }]);
  });

  it('is nothing where only words, languages or people’s choices changed', () => {
    const reworded = { ...OPEN, title: { en: 'Hands on', km: 'អនុវត្ត' }, abstract: { en: 'More.', km: 'បន្ថែម។' } };
    expect(changed(withSession(reworded))).toEqual([]);
    const { en = '', km = '' } = OPEN.room ?? {};
    expect(changed(withSession({ ...OPEN, room: { km, en } }))).toEqual([]);
  });
});

/** Publishes as `tellWrites` does, and tells as `tellChanges` does. */
function publish(told: AnnouncedStatus, event: EventDefinition, id = 'id') {
  const standing = newStanding(told, event, id, AT);
  return { told: withNewSessions(standing?.told ?? told, event), standing };
}
const tell = (told: AnnouncedStatus, event: EventDefinition): AnnouncedStatus => ({
  ...told,
  programme: onceTold(told.programme, programmeOf(event)),
});

describe('changes of a programme', () => {
  const edit = fc.record({
    day: fc.constantFrom('day-1', 'day-2'),
    start: fc.constantFrom('10:00', '10:30', '14:00'),
    room: fc.constantFrom('A', 'B'),
    isClosed: fc.boolean(),
    isThere: fc.boolean(),
    tellsAfter: fc.boolean(),
  });
  const person = fc.record({
    mode: fc.constantFrom('in-person' as const, 'online' as const),
    sessions: fc.constantFrom([], ['workshop']),
    category: fc.constantFrom('academia', 'media'),
    closedSessions: fc.boolean(),
  });

  it('are told so that whoever heard each mail knows what is, whatever was edited in between', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), person, (edits, changes) => {
        const who = holder(changes);
        const seen = (event: EventDefinition) =>
          programmeOf(event).sessions.filter(
            ({ id, audience }) =>
              (audience ? who.closedSessions && audience.includes(who.category) : who.sessions.includes(id)) &&
              id === 'workshop',
          );
        const plan = (sessions: ReturnType<typeof seen>) =>
          sessions.map(({ day, start, end, room }) => [day, start, end, who.mode === 'online' ? undefined : room]);
        let told = firstTold(EVENT, AT);
        let known = seen(EVENT);
        const hear = (event: EventDefinition) => {
          for (const change of changesFor(programmeChanges(told.programme, programmeOf(event)), who)) {
            if (change.what !== 'session' || (change.after ?? change.before)?.id !== 'workshop') continue;
            expect(plan(change.before ? [change.before] : [])).toEqual(plan(known));
            known = change.after ? [change.after] : [];
          }
          told = tell(told, event);
        };
        let event = EVENT;
        for (const { day, start, room, isClosed, isThere, tellsAfter } of edits) {
          const { audience: _, ...open } = OPEN;
          const session: Session = {
            ...open,
            ...{ day, start, end: '17:00', room: { en: room, km: room } },
            ...(isClosed && { audience: ['media'] }),
          };
          event = { ...EVENT, sessions: isThere ? [session, CLOSED] : [CLOSED] };
          told = publish(told, event).told;
          if (tellsAfter) hear(event);
        }
        hear(event);
        expect(plan(known)).toEqual(plan(seen(event)));
        expect(hasNews(told, event)).toBe(false);
      }),
    );
  });

  it('that were changed back are none', () => {
    const there = withSession({ ...OPEN, start: '10:30' });
    const told = publish(publish(firstTold(EVENT, AT), there).told, EVENT).told;
    expect(hasNews(told, EVENT)).toBe(false);
    expect(hasNews(told, there)).toBe(true);
  });

  it('are told ten minutes after they were made, and an hour after others were', () => {
    const now = new Date(AT);
    expect(tellAt({}, now)).toEqual(new Date('2027-06-01T02:10:00Z'));
    expect(tellAt({ programmeToldAt: '2027-06-01T01:30:00Z' }, now)).toEqual(new Date('2027-06-01T02:30:00Z'));
    expect(tellAt({ programmeToldAt: '2027-05-01T01:30:00Z' }, now)).toEqual(new Date('2027-06-01T02:10:00Z'));
  });

  it('wait as long as the event is called off', () => {
    const moved = withSession({ ...OPEN, start: '10:30' });
    expect(hasNews(firstTold(EVENT, AT), { ...moved, status: 'postponed' })).toBe(false);
  });
});

describe('what became of an event', () => {
  const later = { ...EVENT, days: EVENT.days.map((day) => ({ ...day, date: day.date.replace('2027', '2028') })) };

  it('is told by a kind of mail of its own', () => {
    const kindOf = (event: EventDefinition) => publish(firstTold(EVENT, AT), event).standing?.kind;
    expect(kindOf({ ...EVENT, status: 'cancelled' })).toBe('event-cancelled');
    expect(kindOf({ ...EVENT, status: 'postponed' })).toBe('event-postponed');
    expect(kindOf({ ...later, status: 'postponed' })).toBe('event-postponed');
    expect(kindOf({ ...EVENT, status: 'moved-online' })).toBe('event-moved-online');
    expect(kindOf(later)).toBe('event-rescheduled');
    expect(kindOf({ ...EVENT, status: 'scheduled' })).toBeUndefined();
  });

  it('is told once: dates that are not certain yet are not', () => {
    const postponed = publish(firstTold(EVENT, AT), { ...EVENT, status: 'postponed' }, 'a');
    expect(publish(postponed.told, { ...later, status: 'postponed' }).standing).toBeUndefined();
    const again = publish(postponed.told, { ...later, status: 'scheduled' }, 'b').standing;
    expect(again?.kind).toBe('event-rescheduled');
    expect(hasNews(again?.told ?? postponed.told, later)).toBe(false);
  });

  it('that is as it was is news to whoever was told otherwise, and to nobody else', () => {
    const off = publish(firstTold(EVENT, AT), { ...EVENT, status: 'cancelled' }, 'off');
    const on = publish(off.told, EVENT, 'on').told;
    const before = { submittedAt: '2027-05-01T02:00:00.000Z', changedAt: '2027-05-01T02:00:00.000Z' };
    expect(isNewsTo(off.told, before, new Set())).toBe(true);
    expect(isNewsTo(on, before, new Set())).toBe(false);
    expect(isNewsTo(on, before, new Set(['off']))).toBe(true);
    expect(isNewsTo(on, { ...before, changedAt: AT }, new Set())).toBe(true);
    const offAgain = publish(on, { ...EVENT, status: 'cancelled' }, 'again').told;
    expect(isNewsTo(offAgain, before, new Set())).toBe(true);
    expect(isNewsTo(offAgain, before, new Set(['off']))).toBe(false);
    expect(isNewsTo(offAgain, before, new Set(['off', 'on']))).toBe(true);
  });

  it('is known to whoever gets the last word, whichever mails were overtaken before', () => {
    const step = fc.record({
      status: fc.constantFrom(...EVENT_STATUSES),
      isLater: fc.boolean(),
      arrives: fc.boolean(),
    });
    const before = { submittedAt: '2027-05-01T02:00:00.000Z', changedAt: '2027-05-01T02:00:00.000Z' };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        let told = firstTold(EVENT, AT);
        let event = EVENT;
        let known = eventStateOf(EVENT);
        const read = new Set<string>();
        const deliver = (): void => {
          const id = told.standings.at(-1)?.announcement;
          if (id === undefined || read.has(id) || !isNewsTo(told, before, read)) return;
          expect(eventStateOf(event)).not.toEqual(known);
          read.add(id);
          known = eventStateOf(event);
        };
        for (const [index, { status, isLater, arrives }] of steps.entries()) {
          event = { ...(isLater ? later : EVENT), status };
          told = publish(told, event, `${index}`).told;
          if (arrives) deliver();
        }
        deliver();
        expect(known).toEqual(eventStateOf(event));
      }),
    );
  });
});

describe('of an event that is over', () => {
  const now = new Date('2027-12-01T00:00:00Z');
  it.each([
    ['a session that is put right', EVENT, forum({ sessions: [] }), false],
    ['days that are put right', EVENT, forum({ days: [{ ...EVENT.days[0], date: '2027-10-01' } as never] }), false],
    ['that it did not take place', EVENT, forum({ status: 'cancelled' }), true],
    ['that it was postponed, once its days had passed', EVENT, forum({ status: 'postponed' }), true],
    [
      'that it is cancelled after it was postponed',
      forum({ status: 'postponed' }),
      forum({ status: 'cancelled' }),
      true,
    ],
    ['that it was called off by mistake', forum({ status: 'cancelled' }), EVENT, true],
    ['that it moved online', EVENT, forum({ status: 'moved-online' }), false],
    ['days to come', EVENT, forum({ days: [{ ...EVENT.days[0], date: '2028-10-01' } as never] }), true],
  ])('%s', (_, was, event, told) => expect(isAnnounced(was, event, now)).toBe(told));
});
