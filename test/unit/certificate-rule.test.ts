import { describe, expect, it } from 'vitest';
import { earnsCertificate, standingUnder } from '../../shared/certificates/certificate.ts';
import { sessionListId, usualList } from '../../shared/checkin/list/list.ts';
import type { CertificateRule, EventDefinition } from '../../shared/event/event.ts';

const session = (id: string, day: string, start: string, end: string, audience?: readonly string[]) => ({
  ...{ id, day, start, end, title: id },
  ...(audience === undefined ? {} : { audience }),
});

/** On the first day three sessions, two of them at once; on the second one for all, and a closed one. */
const event: Pick<EventDefinition<string>, 'days' | 'sessions'> = {
  days: ['first', 'second'].map((id) => ({ id, title: id, date: '2027-05-12', start: '09:00', end: '17:00' })),
  sessions: [
    session('opening', 'first', '09:00', '10:00'),
    session('this', 'first', '10:00', '12:00'),
    session('that', 'first', '10:30', '11:30'),
    session('closing', 'second', '09:00', '10:00'),
    session('closed', 'second', '10:00', '11:00', ['ministers']),
  ],
};
const lists = [
  usualList('event', { kind: 'event' }),
  usualList('day-1', { kind: 'day', day: 'first' }),
  usualList('day-2', { kind: 'day', day: 'second' }),
  ...event.sessions.map(({ id }) => usualList(sessionListId(id), { kind: 'session', session: id })),
];
const ALL = lists.map(({ id }) => id);

const earns = (rule: CertificateRule, came: readonly string[], scanned = ALL, known = lists): boolean =>
  earnsCertificate(rule, event, {
    lists: known,
    came: Object.fromEntries(came.map((list) => [list, { mode: 'in-person', category: 'ngo' }])),
    scanned: new Set(scanned),
  });

describe('a rule by days', () => {
  it('counts days, however often somebody came on one', () => {
    expect(earns({ kind: 'days', least: 1 }, ['day-1'])).toBe(true);
    expect(earns({ kind: 'days', least: 2 }, ['day-1', 'session-opening', 'session-this'])).toBe(false);
    expect(earns({ kind: 'days', least: 2 }, ['day-1', 'session-closing'])).toBe(true);
  });

  it('takes the entrance of all days for one', () => {
    expect(earns({ kind: 'days', least: 1 }, ['event'])).toBe(true);
    expect(earns({ kind: 'days', least: 2 }, ['event'])).toBe(false);
  });

  it('asks for no more days than anybody was scanned on', () => {
    expect(earns({ kind: 'days', least: 2 }, ['day-1'], ['day-1', 'session-this'])).toBe(true);
    expect(earns({ kind: 'days', least: 2 }, ['event'], ['event'])).toBe(true);
  });
});

describe('a rule by sessions', () => {
  it('counts those at once as one that somebody can be at, and closed ones against nobody', () => {
    // Three can be attended: the opening, one of two, the closing.
    expect(earns({ kind: 'sessions', leastShare: 0.6 }, ['session-opening'])).toBe(false);
    expect(earns({ kind: 'sessions', leastShare: 0.6 }, ['session-opening', 'session-that'])).toBe(true);
    expect(earns({ kind: 'sessions', leastShare: 1 }, ['session-opening', 'session-that'])).toBe(false);
    expect(earns({ kind: 'sessions', leastShare: 1 }, ['session-opening', 'session-this', 'session-closing'])).toBe(
      true,
    );
  });

  it('counts a closed one for whoever was in it', () => {
    expect(earns({ kind: 'sessions', leastShare: 0.6 }, ['session-opening', 'session-closed'])).toBe(true);
  });

  it('counts no session at which nobody was scanned', () => {
    expect(earns({ kind: 'sessions', leastShare: 1 }, ['session-opening'], ['session-opening', 'day-2'])).toBe(true);
    expect(earns({ kind: 'sessions', leastShare: 1 }, ['day-1'], ['day-1'])).toBe(true);
  });

  it('is not met by coming to a day', () => {
    expect(earns({ kind: 'sessions', leastShare: 0.1 }, ['day-1', 'day-2'])).toBe(false);
  });
});

it('whoever gets none is told what they came to and what it takes', () => {
  const standing = (rule: CertificateRule, came: readonly string[], scanned = ALL) =>
    standingUnder(rule, event, {
      lists,
      came: Object.fromEntries(came.map((list) => [list, { mode: 'online', category: 'ngo' }])),
      scanned: new Set(scanned),
    });
  expect(standing({ kind: 'days', least: 2 }, ['day-1'])).toEqual({ came: 1, needed: 2 });
  expect(standing({ kind: 'days', least: 1 }, [])).toEqual({ came: 0, needed: 1 });
  expect(standing({ kind: 'sessions', leastShare: 0.6 }, ['session-opening'])).toEqual({ came: 1, needed: 2 });
  expect(standing({ kind: 'sessions', leastShare: 2 / 3 }, ['session-opening', 'session-that'])).toEqual({
    came: 2,
    needed: 2,
  });
});

it('whoever came nowhere gets nothing, whatever the rule', () => {
  for (const rule of [{ kind: 'days', least: 0 } as const, { kind: 'sessions', leastShare: 0 } as const]) {
    expect(earns(rule, [])).toBe(false);
    expect(earns(rule, [], [])).toBe(false);
    // A list that is there no more says nothing.
    expect(earns(rule, ['day-3'])).toBe(false);
  }
});
