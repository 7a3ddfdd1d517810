import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactorReset, RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import type { Team } from '../../shared/team/role/role-rule.ts';
import {
  type FactorHolder,
  factorResetOpen,
  isToldOfReset,
  keptOfReset,
  mayProposeReset,
  mayTakeResetBack,
  resetOutcome,
} from '../../shared/team/second-factor/factor-reset.ts';

const AT = new Date('2027-03-01T05:00:00Z');
const hoursLater = (hours: number) => new Date(AT.getTime() + hours * 3_600_000);

const ORGANISER: RoleGrant = { role: 'organiser' };
const SAFEGUARDING: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const one = (id: string, ...grants: RoleGrant[]): FactorHolder => ({ id, grants });
const first = one('first', ORGANISER);
const second = one('second', ORGANISER);
const third = one('third', ORGANISER);
const carer = one('carer', { role: 'care' });
const guard = one('guard', SAFEGUARDING);
const other = one('other', SAFEGUARDING);
const deputy = one('deputy', { role: 'safeguarding', deputy: true });
const vetted = one('vetted', { role: 'organiser', vettedUntil: '2099-12-31' });
const EVERYONE = [first, second, third, carer, guard, other, deputy, vetted];

const proposed = (target: FactorHolder, by = 'first', more: Partial<FactorReset> = {}): FactorHolder => ({
  ...target,
  factorReset: { by, at: AT.toISOString(), subject: target.id, ...more },
});
const team = (...members: FactorHolder[]): Team => ({ members, today: '2027-03-01' });
const whole = team(...EVERYONE);

describe('CS25: a lost second factor', () => {
  it('is proposed by an organiser, never for themselves, where another one could accept it', () => {
    expect(mayProposeReset(whole, carer, first)).toBe(true);
    expect(mayProposeReset(whole, second, first)).toBe(true);
    for (const by of [carer, guard, deputy]) expect(mayProposeReset(whole, second, by)).toBe(false);
    expect(mayProposeReset(whole, first, first)).toBe(false);
    // Of two organisers, neither resets the other's alone.
    expect(mayProposeReset(team(first, second, carer), second, first)).toBe(false);
    expect(mayProposeReset(team(first, carer), carer, first)).toBe(false);
  });

  it('is reset once another organiser accepts it: neither who proposed it, nor whose it is', () => {
    const lost = proposed(carer);
    expect(resetOutcome(whole, lost, second, hoursLater(0))).toBe('done');
    for (const by of [first, carer, guard, deputy])
      expect(resetOutcome(whole, lost, by, hoursLater(0))).toBe('refused');
    expect(resetOutcome(whole, proposed(second), second, hoursLater(0))).toBe('refused');
    expect(resetOutcome(whole, carer, second, hoursLater(0))).toBe('refused');
  });

  it('takes two people, not two accounts of one mailbox', () => {
    const at = (holder: FactorHolder, email: string): FactorHolder => ({ ...holder, email });
    const [one, two] = [at(first, 'first@example.org'), at(second, 'First+work@example.org')];
    const both = team(one, two, carer);
    expect(mayProposeReset(both, carer, one)).toBe(false);
    expect(resetOutcome(both, proposed(carer), two, hoursLater(2))).toBe('refused');
    expect(mayProposeReset(team(one, two, third), two, one)).toBe(false);
    const own = at(carer, 'second@example.org');
    const its = at(second, 'second@example.org');
    expect(resetOutcome(team(one, its, own), proposed(own), its, hoursLater(2))).toBe('refused');
    expect(mayProposeReset(team(one, two, third, carer), carer, one)).toBe(true);
    expect(resetOutcome(team(one, two, third, carer), proposed(carer), third, hoursLater(2))).toBe('done');
  });

  it('waits for a day, and no longer than its proposer is an organiser', () => {
    const lost = proposed(carer);
    expect(resetOutcome(whole, lost, second, hoursLater(23.99))).toBe('done');
    expect(resetOutcome(whole, lost, second, hoursLater(24))).toBe('refused');
    expect(factorResetOpen(whole, lost, hoursLater(24))).toBeUndefined();
    expect(resetOutcome(team(one('first', { role: 'care' }), second, carer), lost, second, hoursLater(1))).toBe(
      'refused',
    );
    expect(resetOutcome(team(second, carer), lost, second, hoursLater(1))).toBe('refused');
  });

  it('is over once it was done', () => {
    const done = proposed(carer, 'first', { done: { by: 'second', at: AT.toISOString() } });
    expect(resetOutcome(whole, done, third, hoursLater(1))).toBe('refused');
    expect(mayTakeResetBack(whole, done, third, hoursLater(1))).toBe(false);
  });

  it.each([guard, deputy, vetted])(
    'of somebody who answers for children ($id) waits an hour for objections',
    (whose) => {
      const lost = proposed(whose);
      expect(resetOutcome(whole, lost, second, hoursLater(0.99))).toBe('later');
      expect(resetOutcome(whole, lost, second, hoursLater(1))).toBe('done');
      expect(resetOutcome(whole, lost, first, hoursLater(0.5))).toBe('refused');
    },
  );

  it('of somebody who answers for children in another event waits as long', () => {
    const toldAfter = (hours: number) => ({ events: ['other'], at: hoursLater(hours).toISOString() });
    const lost = proposed(carer, 'first', { elsewhere: toldAfter(0) });
    expect(resetOutcome(whole, lost, second, hoursLater(0.99))).toBe('later');
    expect(resetOutcome(whole, lost, second, hoursLater(1))).toBe('done');
    // Those there were told only later.
    const later = proposed(carer, 'first', { elsewhere: toldAfter(2) });
    expect(resetOutcome(whole, later, second, hoursLater(2.99))).toBe('later');
    expect(resetOutcome(whole, later, second, hoursLater(3))).toBe('done');
  });

  it('is forgotten a day later, but for who did it and when', () => {
    const open: FactorReset = {
      ...{ by: 'first', at: AT.toISOString(), reason: 'The phone was stolen.', subject: 'carer' },
      elsewhere: { events: ['other'], at: AT.toISOString() },
    };
    expect(keptOfReset(open, hoursLater(23.99))).toBe(open);
    expect(keptOfReset(open, hoursLater(24))).toBeUndefined();
    const { by, at, reason } = open;
    const done = { by: 'second', at: hoursLater(20).toISOString() };
    expect(keptOfReset({ by, at, reason, done }, hoursLater(43.99))).toEqual({ by, at, reason, done });
    expect(keptOfReset({ by, at, reason, done }, hoursLater(44))).toEqual({ by, at, done });
  });

  it('is taken back by any organiser, by whose it is, and of safeguarding by all of it', () => {
    const may = (whose: FactorHolder, by: FactorHolder) => mayTakeResetBack(whole, proposed(whose), by, hoursLater(0));
    expect(EVERYONE.filter((by) => may(carer, by)).map(({ id }) => id)).toEqual([
      'first',
      'second',
      'third',
      'carer',
      'vetted',
    ]);
    expect(EVERYONE.filter((by) => may(guard, by)).map(({ id }) => id)).toEqual([
      'first',
      'second',
      'third',
      'guard',
      'other',
      'vetted',
    ]);
    expect(mayTakeResetBack(whole, proposed(carer), second, hoursLater(24))).toBe(false);
  });

  it('is told to whose it is and all organisers, and of safeguarding to all of it, deputies too', () => {
    const told = (whose: FactorHolder) => EVERYONE.filter((each) => isToldOfReset(whose, each)).map(({ id }) => id);
    expect(told(carer)).toEqual(['first', 'second', 'third', 'carer', 'vetted']);
    expect(told(guard)).toEqual(['first', 'second', 'third', 'guard', 'other', 'deputy', 'vetted']);
  });
});

describe('CS25: whatever one organiser does', () => {
  const CHOICES = ['propose', 'accept', 'withdraw', 'wait'] as const;

  it('alone, no second factor is reset; and nobody has a part in resetting their own', () => {
    const step = fc.record({
      what: fc.constantFrom(...CHOICES),
      who: fc.constantFrom(...EVERYONE.map(({ id }) => id)),
      whose: fc.constantFrom(...EVERYONE.map(({ id }) => id)),
      hours: fc.double({ min: 0, max: 30, noNaN: true }),
    });
    let resets = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const members = new Map(EVERYONE.map((each) => [each.id, each]));
        let now = AT;
        for (const { what, who, whose, hours } of steps) {
          const current = team(...members.values());
          const [by, target] = [members.get(who), members.get(whose)];
          if (by === undefined || target === undefined) throw new Error('nobody');
          const isOpen = factorResetOpen(current, target, now) !== undefined;
          if (what === 'wait') now = new Date(now.getTime() + hours * 3_600_000);
          if (what === 'propose' && !isOpen && mayProposeReset(current, target, by)) {
            members.set(whose, { ...target, factorReset: { by: who, at: now.toISOString() } });
          }
          if (what === 'withdraw' && mayTakeResetBack(current, target, by, now)) {
            members.set(whose, { id: whose, grants: target.grants });
          }
          if (what === 'accept' && resetOutcome(current, target, by, now) === 'done') {
            resets += 1;
            const two = [target.factorReset?.by, who];
            expect(new Set([...two, whose]).size).toBe(3);
            for (const each of two)
              expect(members.get(each ?? '')?.grants).toContainEqual(expect.objectContaining(ORGANISER));
            expect(now.getTime() - Date.parse(target.factorReset?.at ?? '')).toBeLessThan(24 * 3_600_000);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(resets).toBeGreaterThan(0);
  });
});
