import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleGrant, RoleInvitation } from '../../shared/team/role/organiser-role.schema.ts';
import { holdsAny, mergeGrants } from '../../shared/team/role/organiser-role.ts';
import {
  acceptable,
  changeOf,
  grantsWith,
  mayOperatorGive,
  needsOf,
  opensAt,
  proposalProblems,
  type RoleHolder,
  refusalOf,
  removalOf,
  type Team,
  takenOf,
  wayOf,
  withAcceptance,
} from '../../shared/team/role/role-rule.ts';

const TODAY = '2027-03-01';
const NOW = new Date('2027-03-01T05:00:00Z');
const LATER = new Date('2027-03-01T06:00:00Z');
const VETTED: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const LAPSED: RoleGrant = { role: 'safeguarding', vettedUntil: '2027-02-28' };

const one = (id: string, ...grants: RoleGrant[]): RoleHolder => ({ id, grants });
const first = one('first', { role: 'organiser' });
const second = one('second', { role: 'organiser' });
const carer = one('carer', { role: 'care' });
const focalPoint = one('focal-point', VETTED);
const team = (...members: RoleHolder[]): Team => ({ members, today: TODAY });

const proposed = (grants: readonly RoleGrant[], more: Partial<RoleInvitation> = {}): RoleInvitation => ({
  id: 'invitation',
  eventId: 'event',
  grants,
  invitedBy: 'first',
  email: 'invited@example.org',
  createdAt: NOW.toISOString(),
  expiresAt: 0,
  ...more,
});

const taken = (of: Team, invitation: RoleInvitation | undefined, who = 'invited', now = LATER) =>
  invitation === undefined ? 'not accepted' : refusalOf(of, invitation, who, now);

describe('CS25: what a grant takes', () => {
  it.each<[RoleGrant, readonly string[]]>([
    [{ role: 'organiser' }, []],
    [{ role: 'focal-point', countries: ['KH'] }, []],
    [{ role: 'organiser', vettedUntil: '2027-12-31' }, ['children']],
    [{ role: 'safeguarding' }, ['children']],
    [{ role: 'safeguarding', deputy: true }, ['children']],
    [{ role: 'care' }, ['care']],
    [{ role: 'care', vettedUntil: '2027-12-31' }, ['children', 'care']],
  ])('%j', (grant, needs) => {
    expect(needsOf([grant])).toEqual(needs);
  });
});

describe('CS25: what concerns children', () => {
  const whole = team(first, second, focalPoint, carer);

  it('is accepted by somebody else of safeguarding who is vetted, and by nobody else', () => {
    const proposal = proposed([{ role: 'organiser', vettedUntil: '2099-12-31' }]);
    const who = [...whole.members, one('lapsed', LAPSED), one('deputy', { ...VETTED, deputy: true })];
    const may = who.filter((each) => acceptable(team(...who), proposal, each).length > 0);
    expect(may.map(({ id }) => id)).toEqual(['focal-point']);
  });

  it('is accepted by nobody for themselves, nor by whoever proposed it', () => {
    const both = one('first', { role: 'organiser' }, VETTED);
    expect(acceptable(team(both), proposed([VETTED]), both)).toEqual([]);
    const asked = { ...focalPoint, email: 'invited@example.org' };
    expect(acceptable(team(first, asked), proposed([VETTED]), asked)).toEqual([]);
    const after = withAcceptance(whole, proposed([VETTED]), focalPoint, NOW);
    for (const who of ['first', 'focal-point']) expect(taken(whole, after, who)).toBe('no');
    expect(taken(whole, after, 'second')).toBeUndefined();
  });

  it('is accepted, and taken back, by nobody under a second account of the same mailbox', () => {
    const inviter = { ...first, email: 'first@example.org' };
    const again = { ...focalPoint, email: 'First+desk@example.org' };
    const other = { ...one('other', VETTED), email: 'other@example.org' };
    const all = team(inviter, again, other);
    expect(acceptable(all, proposed([VETTED]), again)).toEqual([]);
    expect(acceptable(all, proposed([VETTED]), other)).toEqual(['children']);
    const tagged = proposed([VETTED], { email: 'OTHER+me@example.org' });
    expect(acceptable(all, tagged, other)).toEqual([]);
    const own = proposed([VETTED], { email: 'first+me@example.org' });
    expect(acceptable(all, own, other)).toEqual([]);
    expect(proposalProblems(all, own)).toMatchObject([{ path: 'email', code: 'does-not-fit' }]);
    expect(proposalProblems(all, proposed([VETTED]))).toEqual([]);
    // Their address became known since.
    const after = withAcceptance(team(first, focalPoint), proposed([VETTED]), focalPoint, NOW);
    expect(taken(all, after)).toBe('no');
    const target = { ...one('target', VETTED), removal: { by: 'first', at: NOW.toISOString() } };
    expect(removalOf(team(...all.members, target), target, again, LATER)).toBe('proposed');
    expect(removalOf(team(...all.members, target), target, other, LATER)).toBe('done');
    const twice = { ...second, email: 'first+2@example.org' };
    expect(mayOperatorGive(team(inviter, twice), proposed([VETTED]))).toBe(true);
    expect(mayOperatorGive(team(inviter, twice, one('third', { role: 'organiser' })), proposed([VETTED]))).toBe(false);
  });

  it('is not taken on without a second person, as an invitation from before there were any', () => {
    expect(taken(whole, proposed([VETTED]))).toBe('no');
  });

  it.each<[string, Team]>([
    ["the proposer's role was taken back", team(second, focalPoint)],
    ["the second person's role was taken back", team(first, second, one('other', VETTED))],
    ["the second person's vetting ended", { ...whole, today: '2100-01-01' }],
    ['the second person became a deputy', team(first, one('focal-point', { ...VETTED, deputy: true }))],
  ])('is not taken on where %s meanwhile', (_, then) => {
    const after = withAcceptance(whole, proposed([VETTED], { reason: 'given' }), focalPoint, NOW);
    expect(taken(whole, after)).toBeUndefined();
    expect(taken(then, after)).toBe('no');
  });

  it('takes both second persons where it opens needs, too', () => {
    const proposal = proposed([{ role: 'care', vettedUntil: '2099-12-31' }]);
    const half = withAcceptance(whole, proposal, focalPoint, NOW);
    expect(taken(whole, half)).toBe('no');
    expect(taken(whole, half && withAcceptance(whole, half, carer, NOW))).toBeUndefined();
  });
});

describe('CS25: the first of safeguarding, and the first after all vettings ended', () => {
  const young = team(first, second);
  const lapsed = team(first, second, one('former', LAPSED));

  it('is accepted by another organiser, and taken on an hour later', () => {
    const after = withAcceptance(young, proposed([VETTED]), second, NOW);
    expect(after && opensAt(after)).toEqual(LATER);
    expect(taken(young, after, 'invited', new Date(LATER.getTime() - 1))).toBe('later');
    expect(taken(young, after)).toBeUndefined();
  });

  it('needs a reason where all vettings ended', () => {
    expect(wayOf(lapsed)).toBe('lapsed');
    expect(acceptable(lapsed, proposed([VETTED]), second)).toEqual([]);
    expect(proposalProblems(lapsed, proposed([VETTED]))).toMatchObject([{ path: 'reason', code: 'required' }]);
    expect(taken(lapsed, withAcceptance(lapsed, proposed([VETTED], { reason: 'given' }), second, NOW))).toBeUndefined();
  });

  it('is the way to safeguarding alone', () => {
    const vetting = proposed([{ role: 'organiser', vettedUntil: '2099-12-31' }], { reason: 'given' });
    for (const each of [young, lapsed]) {
      expect(acceptable(each, vetting, second)).toEqual([]);
      expect(proposalProblems(each, vetting)).toMatchObject([{ path: 'grants', code: 'does-not-fit' }]);
    }
  });

  it('is over once somebody is vetted: a second one that was agreed on at the same time takes them', () => {
    const after = withAcceptance(young, proposed([VETTED]), second, NOW);
    expect(taken(team(first, second, focalPoint), after)).toBe('no');
  });

  it('is the operator’s where there is one organiser', () => {
    for (const [members, may] of [
      [[first], true],
      [[first, second], false],
      [[first, focalPoint], false],
      [[first, one('former', LAPSED)], false],
    ] as const) {
      expect(mayOperatorGive(team(...members), { grants: [VETTED] })).toBe(may);
      expect(taken(team(...members), proposed([VETTED], { invitedBy: undefined }))).toBe(may ? undefined : 'no');
    }
    expect(mayOperatorGive(team(first, one('former', LAPSED)), { grants: [VETTED], reason: 'given' })).toBe(true);
    expect(mayOperatorGive(team(first), { grants: [{ role: 'organiser', vettedUntil: '2099-12-31' }] })).toBe(false);
    expect(mayOperatorGive(team(first, second, focalPoint), { grants: [{ role: 'organiser' }] })).toBe(true);
  });
});

describe('CS23: a deputy', () => {
  const DEPUTY: RoleGrant = { role: 'safeguarding', deputy: true };

  it('does not become an organiser, by whose word alone nobody would read what is said about organisers', () => {
    const whole = team(first, second, focalPoint, one('deputy', DEPUTY));
    expect(taken(whole, proposed([{ role: 'organiser' }]), 'deputy')).toBe('no');
    expect(taken(whole, proposed([{ role: 'organiser' }]))).toBeUndefined();
    expect(taken(whole, proposed([{ role: 'focal-point', countries: ['KH'] }]), 'deputy')).toBeUndefined();
  });

  it('was no organiser before, nor is one offered both', () => {
    const whole = team(first, second, focalPoint);
    const offered = (grants: RoleGrant[]) => withAcceptance(whole, proposed(grants), focalPoint, NOW);
    expect(taken(whole, offered([DEPUTY]), 'second')).toBe('no');
    expect(taken(whole, offered([DEPUTY]))).toBeUndefined();
    expect(taken(whole, offered([DEPUTY, { role: 'organiser' }]))).toBe('no');
  });
});

describe('CS25: the end of what two people give', () => {
  const [soon, later] = ['2027-11-05T17:00:00.000Z', '2027-12-05T17:00:00.000Z'];
  const care: RoleGrant = { role: 'care', endsAt: soon };
  const keeper: RoleGrant = { role: 'safeguarding', vettedUntil: '2027-12-31', endsAt: soon };

  it('is put off by two, and is where it was until then', () => {
    expect(changeOf([care], [{ ...care, endsAt: later }])).toMatchObject({
      ...{ atOnce: [care], proposed: [{ ...care, endsAt: later }], prolongs: ['care'] },
    });
    expect(changeOf([care], [{ role: 'care' }])).toMatchObject({ atOnce: [care], proposed: [{ role: 'care' }] });
    const longer = { ...keeper, endsAt: later };
    expect(changeOf([keeper], [longer])).toMatchObject({ atOnce: [keeper], proposed: [longer] });
    expect(changeOf([{ role: 'viewer', endsAt: soon }], [{ role: 'viewer' }])).toMatchObject({ proposed: [] });
  });

  it('is put off of what is held, or ended by itself, and gives nothing back that was taken back', () => {
    const invitation = { grants: [{ ...care, endsAt: later }], prolongs: ['care'] };
    expect(takenOf(invitation, [])).toEqual([]);
    expect(takenOf(invitation, [{ role: 'viewer' }])).toEqual([]);
    expect(takenOf(invitation, [care])).toEqual([{ ...care, endsAt: later }]);
    expect(takenOf(invitation, [{ role: 'care' }]), 'it has no end by now').toEqual([]);
    expect(grantsWith(invitation, [{ role: 'viewer' }, care])).toEqual([
      { ...care, endsAt: later },
      { role: 'viewer' },
    ]);
    const [longer, deputy] = [
      { ...keeper, endsAt: later },
      { ...keeper, deputy: true as const },
    ];
    const both = { grants: [{ ...longer, vettedUntil: '2028-12-31' }], prolongs: ['safeguarding'] };
    expect(grantsWith(both, [keeper])).toEqual([{ ...longer, vettedUntil: '2028-12-31' }]);
    expect(takenOf(both, [deputy])).toEqual([]);
    // An owner alone says when a role of the secretariat ends: of that a vetting puts nothing off.
    const vetting = { grants: [{ role: 'organiser' as const, vettedUntil: '2028-12-31' }], prolongs: ['organiser'] };
    const ends: RoleGrant = { role: 'organiser', endsAt: soon };
    expect(takenOf(vetting, [ends])).toEqual([{ ...ends, vettedUntil: '2028-12-31' }]);
  });

  it('is brought nearer by an owner for care, and of safeguarding by nobody alone', () => {
    expect(changeOf([{ role: 'care' }], [care])).toMatchObject({ atOnce: [care], proposed: [] });
    expect(changeOf([{ ...keeper, endsAt: later }], [keeper])).toMatchObject({ code: 'does-not-fit' });
  });
});

describe('CS25: care', () => {
  it('is accepted by a second person of the care team, or another organiser', () => {
    const whole = team(first, second, carer, focalPoint);
    const may = whole.members.filter((each) => acceptable(whole, proposed([{ role: 'care' }]), each).length > 0);
    expect(may.map(({ id }) => id)).toEqual(['second', 'carer']);
    const after = withAcceptance(whole, proposed([{ role: 'care' }]), second, NOW);
    expect(taken(whole, after, 'invited', NOW)).toBeUndefined();
    expect(taken(whole, after, 'first')).toBe('no');
  });
});

describe('taking roles back', () => {
  const deputy = one('deputy', { role: 'safeguarding', deputy: true });
  const other = one('other', VETTED);
  const whole = team(first, second, focalPoint, other, deputy, carer);
  const asked = (target: RoleHolder, by: string): RoleHolder => ({ ...target, removal: { by, at: NOW.toISOString() } });
  const outcome = (target: RoleHolder, by: RoleHolder, now = LATER, of = whole) => removalOf(of, target, by, now);

  it('of safeguarding, a deputy’s too, waits for a second person who is vetted', () => {
    for (const target of [focalPoint, deputy]) {
      expect(outcome(target, first)).toBe('proposed');
      expect(outcome(asked(target, 'first'), second)).toBe('proposed');
      expect(outcome(asked(target, 'first'), other)).toBe('done');
      expect(outcome(asked(target, 'other'), other)).toBe('proposed');
    }
    expect(outcome(asked(focalPoint, 'first'), focalPoint)).toBe('refused');
  });

  it('waits for a week, and only while whoever proposed it is of the team', () => {
    expect(outcome(asked(deputy, 'first'), other, new Date('2027-03-08T05:00:00Z'))).toBe('proposed');
    expect(outcome(asked(deputy, 'first'), other, LATER, team(second, focalPoint, other, deputy))).toBe('proposed');
  });

  it('of others is an organiser’s alone', () => {
    expect(outcome(carer, first)).toBe('done');
    expect(outcome(carer, focalPoint)).toBe('refused');
  });
});

/*
 * What unvetted organisers can do together, in any order, with as many accounts as they like.
 */

type Action =
  | { readonly do: 'propose'; readonly by: number; readonly grants: readonly RoleGrant[]; readonly reason?: string }
  | { readonly do: 'accept' | 'redeem' | 'revoke'; readonly by: number; readonly what: number }
  | { readonly do: 'wait'; readonly minutes: number };

const grant = fc.constantFrom<RoleGrant>(
  { role: 'organiser' },
  { role: 'organiser', vettedUntil: '2098-01-01' },
  { role: 'safeguarding' },
  { role: 'safeguarding', vettedUntil: '2098-01-01' },
  { role: 'safeguarding', vettedUntil: '2098-01-01', deputy: true },
  { role: 'care' },
  { role: 'care', vettedUntil: '2098-01-01' },
  { role: 'focal-point', countries: ['KH'] },
  { role: 'staff' },
  { role: 'staff', vettedUntil: '2098-01-01' },
  { role: 'custom', ticks: ['see-people', 'export'] },
);
const index = fc.nat({ max: 4 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant('propose' as const),
    by: index,
    grants: fc.array(grant, { minLength: 1, maxLength: 2 }),
    reason: fc.constantFrom('given', 'given', ''),
  }),
  fc.record({ do: fc.constantFrom('accept', 'redeem', 'revoke'), by: index, what: index }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(10, 59, 61, 1440) }),
);

const guards = ({ grants }: RoleHolder): boolean => needsOf(grants).includes('children');

/** Runs what they do; `onGrant` sees each grant of what concerns children as it is made. */
function happen(
  start: readonly RoleHolder[],
  actions: readonly Action[],
  onGrant: (before: Team, invitation: RoleInvitation, now: Date) => void,
): readonly RoleHolder[] {
  let now = NOW;
  const members = new Map(start.map((each) => [each.id, each]));
  const invitations: RoleInvitation[] = [];
  const accounts = ['first', 'second', 'third', 'a', 'b'];
  const now_ = (): Team => ({ members: [...members.values()], today: now.toISOString().slice(0, 10) });
  /** Nobody who is vetted takes part. */
  const actor = (by: number): RoleHolder | undefined => {
    const found = members.get(accounts[by] ?? '');
    return found && !guards(found) ? found : undefined;
  };
  for (const each of actions) {
    if (each.do === 'wait') now = new Date(now.getTime() + each.minutes * 60_000);
    if (each.do === 'propose') {
      const by = actor(each.by);
      if (!by || !holdsAny(by.grants, ['manage-team'])) continue;
      const reason = each.reason || undefined;
      invitations.push(proposed(each.grants, { id: `${invitations.length}`, invitedBy: by.id, reason }));
    }
    if (each.do === 'accept') {
      const [by, invitation] = [actor(each.by), invitations[each.what]];
      const after = by && invitation && withAcceptance(now_(), invitation, by, now);
      if (after) invitations[each.what] = after;
    }
    if (each.do === 'redeem') {
      const [id = '', invitation] = [accounts[each.by], invitations[each.what]];
      if (!invitation || refusalOf(now_(), invitation, id, now) !== undefined) continue;
      if (needsOf(invitation.grants).includes('children')) onGrant(now_(), invitation, now);
      members.set(id, { id, grants: mergeGrants(members.get(id)?.grants ?? [], invitation.grants) });
    }
    if (each.do === 'revoke') {
      const [by, target] = [actor(each.by), [...members.values()][each.what]];
      if (!by || !target) continue;
      const outcome = removalOf(now_(), target, by, now);
      if (outcome === 'done') members.delete(target.id);
      if (outcome === 'proposed') members.set(target.id, { ...target, removal: { by: by.id, at: now.toISOString() } });
    }
  }
  return [...members.values()];
}

const organisers = ['first', 'second', 'third'].map((id) => one(id, { role: 'organiser' }));
const RUNS = { numRuns: 1500 };

describe('CS25: whatever unvetted organisers do', () => {
  const actions = fc.array(action, { minLength: 10, maxLength: 50, size: 'max' });

  it('nobody is given what concerns children while somebody is vetted, who keeps their role', () => {
    fc.assert(
      fc.property(actions, (each) => {
        const end = happen([...organisers, focalPoint], each, () => expect.unreachable());
        expect(end.filter(guards).map(({ id, grants }) => ({ id, grants }))).toEqual([focalPoint]);
      }),
      RUNS,
    );
  });

  it.each([
    ['nobody', []],
    ['a former one', [one('former', LAPSED)]],
  ])('with %s of safeguarding, two of them give that role alone, an hour after they agreed', (_, others) => {
    let given = 0;
    fc.assert(
      fc.property(actions, (each) => {
        happen([...organisers, ...others], each, (before, { grants, invitedBy, accepted: word, reason }, now) => {
          given += 1;
          const way = wayOf(before);
          expect(way).not.toBe('vetted');
          expect(grants.every(({ role }) => role === 'safeguarding')).toBe(true);
          const two = before.members.filter(({ id }) => id === invitedBy || id === word?.children?.by);
          expect(two.filter((held) => holdsAny(held.grants, ['manage-team']))).toHaveLength(2);
          expect(now.getTime() - Date.parse(word?.children?.at ?? '')).toBeGreaterThanOrEqual(3_600_000);
          if (way === 'lapsed') expect(reason).toBe('given');
        });
      }),
      RUNS,
    );
    expect(given).toBeGreaterThan(0);
  });
});
