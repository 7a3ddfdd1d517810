import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chaperoneStatus,
  chaperonesNeeded,
  endedTies,
  headcount,
  tieStep,
  withoutEndedTies,
} from '../../shared/minors/chaperone/chaperone.ts';
import { sampleEvent } from './mail-fixture.ts';

const event = sampleEvent('en');
const LAST_DAY = '2027-11-03';
const DAYS = ['day-1', 'day-2'];
const tie = { reference: 'ADULT', acceptedAt: '2027-10-01T00:00:00.000Z', vettedUntil: LAST_DAY, days: DAYS };
const minor = {
  status: 'confirmed',
  mode: 'in-person',
  ageBand: 'minor',
  ticketId: 'M',
  fullName: 'Young Person',
  days: DAYS,
  minor: { chaperone: tie },
} as const;
const adult = {
  status: 'confirmed',
  mode: 'in-person',
  ageBand: undefined,
  ticketId: 'A',
  fullName: 'Vetted Adult',
  days: DAYS,
  chaperoning: { acceptedAt: tie.acceptedAt, vettedUntil: LAST_DAY, minors: { MINOR: true } },
} as const;
const ENOUGH = { minors: 1, chaperones: 2 };

describe('CS12: how many chaperones there have to be', () => {
  const rules = { chaperoneRatio: 10, leastChaperones: 2 };
  it.each([
    [0, 0],
    [1, 2],
    [10, 2],
    [11, 3],
    [20, 3],
    [21, 4],
  ])('%s minors need %s', (minors, needed) => {
    expect(chaperonesNeeded(minors, rules)).toBe(needed);
  });

  it('is never fewer than the event says, and more where each looks after fewer', () => {
    expect(chaperonesNeeded(1, { chaperoneRatio: 10, leastChaperones: 5 })).toBe(5);
    expect(chaperonesNeeded(10, { chaperoneRatio: 2, leastChaperones: 2 })).toBe(6);
  });

  it('never falls as more minors come, and always has one more than each can look after', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (minors, ratio, least) => {
          const of = { chaperoneRatio: ratio, leastChaperones: least };
          expect(chaperonesNeeded(minors + 1, of)).toBeGreaterThanOrEqual(chaperonesNeeded(minors, of));
          if (minors > 0) expect((chaperonesNeeded(minors, of) - 1) * ratio).toBeGreaterThanOrEqual(minors);
        },
      ),
    );
  });

  it('counts who is confirmed and comes, and of adults who accepted and is vetted until the end', () => {
    const { chaperoning } = adult;
    const all = [
      minor,
      { ...minor, mode: 'online' },
      { ...minor, status: 'waitlisted' },
      adult,
      { ...adult, status: 'cancelled' },
      { ...adult, mode: 'online' },
      { ...adult, chaperoning: { ...chaperoning, acceptedAt: undefined } },
      { ...adult, chaperoning: { ...chaperoning, vettedUntil: '2027-11-02' } },
      { ...adult, chaperoning: undefined },
    ] as const;
    expect(headcount(all, event)).toEqual({ minors: 1, chaperones: 1 });
  });
});

describe('CS12: at the door', () => {
  it('a minor with an accepted, vetted chaperone goes in where there are enough', () => {
    expect(chaperoneStatus(minor, event, ENOUGH)).toBe('ok');
  });

  it.each([
    ['no chaperone', undefined],
    ['one who has not accepted', { ...tie, acceptedAt: undefined }],
    ['one who was not vetted', { ...tie, vettedUntil: undefined }],
    ['one whose vetting ends a day early', { ...tie, vettedUntil: '2027-11-02' }],
    ['one who does not come on one of their days', { ...tie, days: ['day-1'] }],
  ])('%s is a case for the safeguarding desk', (_, chaperone) => {
    expect(chaperoneStatus({ ...minor, minor: { chaperone } }, event, ENOUGH)).toBe('hold-safeguarding');
  });

  it('too few adults in all are too', () => {
    expect(chaperoneStatus(minor, event, { minors: 1, chaperones: 1 })).toBe('hold-safeguarding');
    expect(chaperoneStatus(minor, event, { minors: 11, chaperones: 2 })).toBe('hold-safeguarding');
  });

  it('concerns neither adults nor whoever is online', () => {
    const none = { minors: 0, chaperones: 0 };
    expect(chaperoneStatus({ ...minor, minor: {}, mode: 'online' }, event, none)).toBe('ok');
    expect(chaperoneStatus(adult, event, none)).toBe('ok');
  });
});

describe('CS12: a tie', () => {
  it.each([
    ['nobody', undefined],
    ['asked', {}],
    ['asked', { vettedUntil: LAST_DAY }],
    ['not-vetted', { acceptedAt: tie.acceptedAt }],
    ['not-vetted', { acceptedAt: tie.acceptedAt, vettedUntil: '2027-11-02' }],
    ['safe', { acceptedAt: tie.acceptedAt, vettedUntil: LAST_DAY }],
    ['safe', { acceptedAt: tie.acceptedAt, vettedUntil: '2028-01-01' }],
  ] as const)('has come to %s with %j', (step, said) => {
    expect(tieStep(DAYS, said && { ...said, days: DAYS }, event)).toBe(step);
  });

  it.each([
    ['safe', ['day-1'], ['day-1', 'day-2']],
    ['safe', ['day-2'], ['day-2']],
    ['away', ['day-1', 'day-2'], ['day-2']],
    ['away', ['day-1'], ['day-2']],
    ['away', ['day-1'], []],
  ] as const)('is %s where the minor comes on %j and the adult on %j', (step, days, adultDays) => {
    expect(tieStep(days, { ...tie, days: adultDays }, event)).toBe(step);
  });

  it.each([
    ['is cancelled', { status: 'cancelled' }],
    ['comes online', { mode: 'online' }],
    ['waits for approval anew', { status: 'pending-approval' }],
    ['is someone else now', { ticketId: 'ANOTHER' }],
  ] as const)('ends where the adult %s', (_, changes) => {
    const after = withoutEndedTies(adult, { ...adult, ...changes });
    expect(after.chaperoning).toBeUndefined();
    expect(endedTies(adult, after)).toEqual({ minors: ['MINOR'] });
  });

  it.each([
    ['is cancelled', { status: 'cancelled' }],
    ['is declined', { status: 'declined' }],
    ['comes online', { mode: 'online' }],
  ] as const)('ends where the minor %s', (_, changes) => {
    const after = withoutEndedTies(minor, { ...minor, ...changes });
    expect(after.minor?.chaperone).toBeUndefined();
    expect(endedTies(minor, after)).toEqual({ minors: [], adult: 'ADULT' });
  });

  it('stays without the vetting where the adult has another name: nobody vouched for that one', () => {
    const proposal = { vettedUntil: LAST_DAY, by: 'MEMBER', at: '2027-03-01T00:00:00Z' };
    const vouched = { ...adult.chaperoning, minors: { MINOR: true as const }, vouchedBy: ['A', 'B'], proposal };
    const before = { ...adult, chaperoning: vouched };
    const after = withoutEndedTies(before, { ...before, fullName: 'Another Adult' });
    expect(after.chaperoning).toEqual({ acceptedAt: adult.chaperoning?.acceptedAt, minors: { MINOR: true } });
    expect(endedTies(before, after)).toEqual({ minors: [] });
    expect(withoutEndedTies(before, { ...before, days: [] }).chaperoning).toEqual(vouched);
  });

  it('stays through everything else', () => {
    expect(withoutEndedTies(adult, adult)).toBe(adult);
    expect(withoutEndedTies(minor, { ...minor, status: 'waitlisted' }).minor?.chaperone).toEqual(tie);
    expect(endedTies(minor, minor)).toEqual({ minors: [] });
  });
});
