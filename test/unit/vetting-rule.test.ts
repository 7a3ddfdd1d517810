import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleGrant, VettingProposal } from '../../shared/team/role/organiser-role.schema.ts';
import {
  mayAcceptVetting,
  mayVouch,
  openVetting,
  VETTING_PROPOSAL_LASTS,
  vettingOutcome,
} from '../../shared/team/role/vetting-rule.ts';

const NOW = new Date('2027-03-01T05:00:00Z');
const LAST_DAY = '2027-11-03';
const VETTED: RoleGrant = { role: 'safeguarding', vettedUntil: '2027-12-31' };

const one = (id: string, ...grants: RoleGrant[]) => ({ id, grants, email: `${id}@example.org` });
const organiser = one('organiser', { role: 'organiser' });
const vettedOrganiser = one('vetted-organiser', { role: 'organiser', vettedUntil: '2099-12-31' });
const vetted = one('vetted', VETTED);
const second = one('second', VETTED);
const lapsed = one('lapsed', { role: 'safeguarding', vettedUntil: '2027-11-02' });
const deputy = one('deputy', { ...VETTED, deputy: true });
const carer = one('carer', { role: 'care', vettedUntil: '2099-12-31' });
const members = [organiser, vettedOrganiser, vetted, second, lapsed, deputy, carer];
type Holder = (typeof members)[number];

const scene = (more: object = {}) => ({ members, lastDay: LAST_DAY, now: NOW, ...more });
const proposal = (by: string, vettedUntil = '2027-12-31'): VettingProposal => ({
  vettedUntil,
  by,
  at: NOW.toISOString(),
});
const adult = { email: 'adult@example.org' };
const outcome = (held: object, wanted: string | undefined, by: Holder, more: object = {}) =>
  vettingOutcome({ ...adult, ...held }, wanted, by, scene(more));

describe('CS25: until when somebody was vetted', () => {
  it('is proposed by an organiser or whoever of safeguarding is vetted, and by nobody else', () => {
    const who = members.filter((by) => outcome({}, '2027-12-31', by) === 'proposed').map(({ id }) => id);
    expect(who).toEqual(['organiser', 'vetted-organiser', 'vetted', 'second']);
  });

  it('is accepted by somebody else of safeguarding who is vetted until the event’s end, and by nobody else', () => {
    const held = { proposal: proposal('vetted') };
    const who = members.filter((by) => outcome(held, '2027-12-31', by) === 'accepted').map(({ id }) => id);
    expect(who).toEqual(['second']);
    expect(outcome(held, '2027-12-31', vetted)).toBe('unchanged');
    expect(outcome(held, '2027-12-31', organiser)).toBe('not-second-person');
  });

  it('is accepted by nobody for themselves, nor under a second account of the same address', () => {
    const held = { proposal: proposal('organiser') };
    expect(outcome({ ...held, email: 'VETTED+hall@example.org' }, '2027-12-31', vetted)).toBe('not-second-person');
    const twice = { ...second, email: 'organiser@example.org' };
    expect(outcome(held, '2027-12-31', twice, { members: [organiser, twice] })).toBe('not-second-person');
  });

  it('works where one is vetted: an organiser proposes, the one accepts', () => {
    const small = { members: [organiser, vetted] };
    expect(outcome({}, '2027-12-31', organiser, small)).toBe('proposed');
    expect(outcome({ proposal: proposal('organiser') }, '2027-12-31', vetted, small)).toBe('accepted');
  });

  it('waits for a week, and only while whoever proposed it may', () => {
    const later = (ms: number) => new Date(NOW.getTime() + ms);
    const held = { proposal: proposal('organiser') };
    expect(outcome(held, '2027-12-31', vetted, { now: later(VETTING_PROPOSAL_LASTS - 1) })).toBe('accepted');
    expect(outcome(held, '2027-12-31', vetted, { now: later(VETTING_PROPOSAL_LASTS) })).toBe('proposed');
    expect(outcome(held, '2027-12-31', vetted, { members: [vetted] })).toBe('proposed');
    expect(openVetting(proposal('lapsed'), scene())).toBeUndefined();
  });

  it('is taken away, or shortened, at once by one who is vetted, and by no organiser', () => {
    const held = { vettedUntil: '2027-12-31' };
    for (const less of [undefined, '2027-11-30']) {
      expect(outcome(held, less, vetted)).toBe('ended');
      for (const by of [organiser, vettedOrganiser, lapsed, deputy]) expect(outcome(held, less, by)).toBe('not-vetted');
    }
  });

  it('is taken back, as a proposal, by whoever made it or is vetted', () => {
    const held = { vettedUntil: '2027-11-30', proposal: proposal('organiser') };
    for (const by of [organiser, vetted]) expect(outcome(held, '2027-11-30', by)).toBe('withdrawn');
    expect(outcome(held, '2027-11-30', vettedOrganiser)).toBe('not-vetted');
    expect(outcome({ vettedUntil: '2027-11-30' }, '2027-11-30', organiser)).toBe('unchanged');
  });

  it('whatever any of them do in whatever order, two stand for each day that was added, the second of them vetted', () => {
    const until = fc.constantFrom('2027-11-03', '2027-12-31', '2028-01-31', undefined);
    const steps = fc.array(fc.tuple(fc.constantFrom(...members), until), { minLength: 5, maxLength: 40 });
    let grown = 0;
    fc.assert(
      fc.property(steps, (each) => {
        let held: { vettedUntil?: string | undefined; proposal?: VettingProposal | undefined } = {};
        for (const [by, wanted] of each) {
          const result = outcome(held, wanted, by);
          if (result === 'proposed' && wanted) held = { ...held, proposal: proposal(by.id, wanted) };
          if (result === 'withdrawn') held = { ...held, proposal: undefined };
          if (result === 'ended') {
            expect((wanted ?? '') < (held.vettedUntil ?? '')).toBe(true);
            held = { vettedUntil: wanted };
          }
          if (result === 'accepted') {
            grown += 1;
            expect(held.proposal?.by).not.toBe(by.id);
            expect(held.proposal?.vettedUntil).toBe(wanted);
            expect(mayVouch(by, LAST_DAY)).toBe(true);
            held = { vettedUntil: wanted };
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(grown).toBeGreaterThan(0);
  });

  it('of a phone, of whose holder no address is known, takes the same two', () => {
    const may = members.filter((by) => mayAcceptVetting(proposal('organiser'), scene(), by)).map(({ id }) => id);
    expect(may).toEqual(['vetted', 'second']);
  });
});
