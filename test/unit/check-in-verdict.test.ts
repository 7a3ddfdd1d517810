import { describe, expect, it } from 'vitest';
import type { Holder } from '../../shared/checkin/holder.ts';
import type { ListTerms } from '../../shared/checkin/roster/roster.schema.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { type Occasion, verdictOf } from '../../shared/checkin/scan/verdict.ts';

const door: ListTerms = {
  id: 'hall',
  place: { kind: 'day', day: 'first' },
  day: 'first',
  modes: ['in-person'],
  passing: 'once',
  isClosed: false,
  opensAt: 1000,
  closesAt: 2000,
};
const holder: Holder = {
  isConfirmed: true,
  category: 'ngo',
  role: 'attendee',
  mode: 'in-person',
  days: ['first'],
  sessions: [],
};
const came: ScanMark = { scanId: 'a', device: 'x', kind: 'in', correctedAt: 1100 };
const left: ScanMark = { scanId: 'b', device: 'x', kind: 'out', correctedAt: 1200 };

function judge(
  change: {
    door?: Partial<ListTerms>;
    holder?: Partial<Holder>;
    scans?: readonly ScanMark[];
    occasion?: Partial<Occasion>;
  } = {},
) {
  const here = { ...door, ...change.door };
  const passage = passageOf(change.scans ?? [], here.passing);
  const occasion: Occasion = { direction: 'in', at: 1500, inside: 0, wardsInside: 0, ...change.occasion };
  return verdictOf(here, { ...holder, ...change.holder }, passage, occasion);
}

const admitted = { kind: 'admit', isFull: false };
const refused = (why: string) => ({ kind: 'refuse', why });
const session = { place: { kind: 'session', session: 's1' }, session: 's1' } as const;

describe('who may come in', () => {
  it.each([
    ['somebody who is registered for the room and the day', {}, admitted],
    ['whose registration admits nobody now', { holder: { isConfirmed: false } }, refused('not-confirmed')],
    ['who attends online', { holder: { mode: 'online' } }, refused('other-mode')],
    ['who comes on another day', { holder: { days: ['second'] } }, refused('other-day')],
    ['of another group than the door is for', { door: { categories: ['media'] } }, refused('other-category')],
    ['of the group that the door is for', { door: { categories: ['media', 'ngo'] } }, admitted],
    ['who did not sign up', { door: session }, refused('not-signed-up')],
    ['who signed up', { door: session, holder: { sessions: ['s1'] } }, admitted],
    ['before the door opens', { occasion: { at: 999 } }, refused('not-yet')],
    ['at the moment it opens', { occasion: { at: 1000 } }, admitted],
    ['after it closed', { occasion: { at: 2000 } }, refused('over')],
  ] as const)('%s', (_, change, verdict) => {
    expect(judge(change)).toEqual(verdict);
  });

  it('lets those who work there go where the others are, on any day and without signing up', () => {
    const doors = { ...session, categories: ['media'] };
    expect(judge({ door: doors, holder: { role: 'interpreter', days: [] } })).toEqual(admitted);
    expect(judge({ door: doors, holder: { role: 'chaperone' } })).toEqual(admitted);
  });

  it('says nothing of a closed session to whoever is not let in, and lets nobody in for their role alone', () => {
    const closed = { ...session, isClosed: true };
    for (const person of [{}, { days: ['second'] }, { mode: 'online' as const }, { role: 'volunteer' as const }]) {
      expect(judge({ door: closed, holder: person })).toEqual(refused('closed-session'));
    }
    expect(judge({ door: closed, holder: { sessions: ['s1'] } })).toEqual(admitted);
  });

  it.each(['consent', 'chaperone'] as const)(
    'CS12: sends a minor to the safeguarding desk for want of a %s',
    (hold) => {
      expect(judge({ holder: { hold } })).toEqual({ kind: 'hold', why: hold });
    },
  );

  it('does not send a minor to the desk who is wrong here anyway', () => {
    expect(judge({ holder: { hold: 'chaperone', days: ['second'] } })).toEqual(refused('other-day'));
  });
});

describe('who came before', () => {
  it('is in already, and it is said since when and where', () => {
    expect(judge({ scans: [came] })).toEqual({ kind: 'already-in', earlier: came });
  });

  it('comes in again where people go in and out', () => {
    expect(judge({ scans: [came], door: { passing: 'again' } })).toEqual(admitted);
  });

  it('comes in again after they left, where that is scanned', () => {
    expect(judge({ scans: [came, left], door: { passing: 'in-and-out' } })).toEqual(admitted);
    expect(judge({ scans: [came], door: { passing: 'in-and-out' } })).toEqual({ kind: 'already-in', earlier: came });
  });

  it('is not told of a full room twice', () => {
    const full = { door: { capacity: 10, passing: 'again' as const }, occasion: { inside: 10 } };
    expect(judge(full)).toEqual({ kind: 'admit', isFull: true });
    expect(judge({ ...full, scans: [came] })).toEqual(admitted);
    expect(judge({ ...full, occasion: { inside: 9 } })).toEqual(admitted);
  });

  it('is kept in by nothing, and it is said where nobody saw them come', () => {
    const out = { direction: 'out' } as const;
    const inAndOut = { passing: 'in-and-out' } as const;
    expect(judge({ scans: [came], door: inAndOut, occasion: out })).toEqual({ kind: 'leave', wasInside: true });
    expect(judge({ door: inAndOut, occasion: out })).toEqual({ kind: 'leave', wasInside: false });
    expect(judge({ holder: { isConfirmed: false, hold: 'chaperone' }, occasion: { ...out, at: 9000 } })).toEqual({
      kind: 'leave',
      wasInside: false,
    });
  });
});
