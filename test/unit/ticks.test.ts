import { describe, expect, it } from 'vitest';
import type { Sender } from '../../shared/kernel/http/caller.case.ts';
import { type Route, TICKS, type Tick } from '../../shared/kernel/route.ts';
import { cleanText } from '../../shared/kernel/text/text.ts';
import { ROUTES } from '../../shared/routes.ts';
import { newRoleInvitation, type RoleGrant, roleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { maySee, mergeGrants, reaches } from '../../shared/team/role/organiser-role.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { needsOf } from '../../shared/team/role/role-rule.ts';
import { CHOSEN_TICKS, mayBeLimited, ORGANISER_ROLES, SETS, ticksOf } from '../../shared/team/role/ticks.ts';

type OrganiserRoute = Extract<Route, { readonly auth: 'organiser' }>;
const GUARDED = Object.entries<Route>(ROUTES).filter(
  (each): each is [string, OrganiserRoute] => each[1].auth === 'organiser',
);
const idsWhere = (isWanted: (route: OrganiserRoute) => boolean): string[] =>
  GUARDED.flatMap(([id, route]) => (isWanted(route) ? [id] : [])).sort();

/** Every set, a deputy's, and each tick that can be chosen by itself, with those that come with it. */
const KINDS: readonly (readonly [name: string, grant: RoleGrant, ticks: readonly Tick[]])[] = [
  ...ORGANISER_ROLES.filter((role) => role !== 'custom').map(
    (role) => [role, { role, ...(role === 'focal-point' && { countries: ['KH'] }) }, SETS[role]] as const,
  ),
  ['deputy', { role: 'safeguarding', deputy: true }, []],
  ...CHOSEN_TICKS.map((tick): [string, RoleGrant, readonly Tick[]] => [
    `${tick} alone`,
    { role: 'custom', ticks: [tick] },
    ['see-numbers', 'see-feedback', 'read-texts', 'edit-event'].includes(tick) ? [tick] : ['see-people', tick],
  ]),
];

/** Which routes the guard of functions opens to a member with these grants. */
async function opened(grants: readonly RoleGrant[]): Promise<string[]> {
  const member = { id: 'm', grants, createdAt: '', revision: 1 };
  const useCases = Object.fromEntries(GUARDED.map(([id]) => [id, () => Promise.reject(new Error('not called'))]));
  const guards = permitted(
    Object.fromEntries(GUARDED) as never,
    { read: async () => member },
    useCases as never,
  ) as unknown as Record<string, { readonly admit: (sender: Sender) => Promise<unknown> }>;
  const sender = { caller: () => ({ issuer: 'i', subject: 's' }), params: { eventId: 'forum' } } as unknown as Sender;
  const open = await Promise.all(
    GUARDED.map(async ([id]) =>
      guards[id]?.admit(sender).then(
        () => [id],
        () => [],
      ),
    ),
  );
  return open.flat().filter((id): id is string => id !== undefined);
}

const expected = (ticks: readonly Tick[], isDeputy: boolean): string[] =>
  idsWhere(
    ({ ticks: asked, deputies }) =>
      asked === 'signed-in' || asked.some((tick) => ticks.includes(tick)) || (deputies === true && isDeputy),
  );

describe('AU8: what a grant opens', () => {
  it.each(KINDS)('%s', async (name, grant, ticks) => {
    expect((await opened([grant])).sort()).toEqual(expected(ticks, name === 'deputy'));
  });

  it.each(KINDS)('%s, beside each other one: what either opens, and nothing more', async (_, grant) => {
    const alone = new Map(await Promise.all(KINDS.map(async ([name, each]) => [name, await opened([each])] as const)));
    const own = await opened([grant]);
    for (const [name, other] of KINDS) {
      const together = new Set([...own, ...(alone.get(name) ?? [])]);
      expect((await opened([grant, other])).sort(), name).toEqual([...together].sort());
      const merged = mergeGrants([grant], [other]);
      // A deputy stays one, whatever else of safeguarding is given.
      const isSame = merged.length === 1 && (await opened(merged)).length < together.size;
      if (isSame) expect(merged).toEqual([{ role: 'safeguarding', deputy: true }]);
      else expect((await opened(merged)).sort(), name).toEqual([...together].sort());
    }
  });

  it('every route asks for a tick, or for nothing but who it is', () => {
    expect(idsWhere(({ ticks }) => ticks === 'signed-in')).toEqual([
      'getMyRoles',
      'listOwnEvents',
      'redeemRoleInvitation',
    ]);
    expect(idsWhere(({ ticks }) => ticks.length === 0)).toEqual([]);
  });

  it('what an owner alone may', async () => {
    const [owner, staff] = [await opened([{ role: 'organiser' }]), await opened([{ role: 'staff' }])];
    expect(owner.filter((id) => !staff.includes(id)).sort()).toEqual([
      'acceptFactorReset',
      'acceptRoleInvitation',
      'changeEventStatus',
      'changeRoles',
      'checkDefinition',
      'copyEvent',
      'deleteRehearsal',
      'exportAudit',
      'getDefinition',
      'getSystemStatus',
      'inviteToRoles',
      'listAudit',
      'listRoles',
      'moveUpInLine',
      'proposeFactorReset',
      'releaseMail',
      'removeTag',
      'replaceDefinition',
      'revokeRoles',
      'withdrawFactorReset',
      'withdrawRoleInvitation',
      'writeTag',
    ]);
    expect(staff.filter((id) => !owner.includes(id))).toEqual([]);
  });

  it('what a viewer may: numbers alone', async () => {
    expect((await opened([{ role: 'viewer' }])).sort()).toEqual([
      'exportFeedback',
      'getMyRoles',
      'listFeedback',
      'listOwnEvents',
      'redeemRoleInvitation',
      'showFeedback',
      'showNumbers',
    ]);
    // Nothing of it hands out rows of people.
    for (const id of await opened([{ role: 'viewer' }]))
      expect(ROUTES[id as 'showNumbers'].path).not.toMatch(/people|registrations|minors/);
  });

  it('CS25: no choice of ticks, and no set but theirs, opens what two people give', async () => {
    const all: RoleGrant = { role: 'custom', ticks: [...CHOSEN_TICKS] };
    const guarded = idsWhere(({ ticks }) =>
      ['safeguarding', 'care', 'see-minors'].some(
        (tick) => ticks !== 'signed-in' && ticks.every((each) => each === tick),
      ),
    );
    expect(guarded.length).toBeGreaterThan(15);
    expect((await opened([all])).filter((id) => guarded.includes(id))).toEqual([]);
    for (const tick of TICKS.filter((each) => !(CHOSEN_TICKS as readonly Tick[]).includes(each))) {
      expect(roleGrant().safeParse({ role: 'custom', ticks: [tick] }).success, tick).toBe(false);
      expect(ticksOf({ role: 'custom', ticks: [tick as 'export'] }), tick).toEqual([]);
    }
    const child = { ageBand: 'minor', country: 'KH', organisation: '', category: 'media' } as const;
    expect(maySee([{ ...all, vettedUntil: '2099-12-31' }], child, '2027-11-03')).toBe(false);
    for (const [name, grant, ticks] of KINDS) {
      const isOpen = needsOf([grant]).length === 0 && ticks.some((tick) => tick === 'safeguarding' || tick === 'care');
      expect(isOpen, name).toBe(false);
    }
  });
});

describe('AU8: a reach', () => {
  const media = { country: 'TH', organisation: 'The Mekong Post', category: 'media' };
  const ours = { country: 'KH', organisation: 'Ministère  des Postes', category: 'government' };

  it.each<[string, RoleGrant, boolean, boolean]>([
    ['by category', { role: 'focal-point', categories: ['media'] }, true, false],
    ['by country', { role: 'focal-point', countries: ['KH'] }, false, true],
    ['by organisation', { role: 'focal-point', organisations: ['the mekong post'] }, true, false],
    [
      'in capitals, other spaces and full stops',
      { role: 'focal-point', organisations: [' MINISTÈRE des  Postes. '] },
      false,
      true,
    ],
    [
      'with accents as marks of their own',
      { role: 'focal-point', organisations: ['Ministe\u0300re des Postes'] },
      false,
      true,
    ],
    ['in full-width letters', { role: 'focal-point', organisations: ['\uFF34\uFF48\uFF45 Mekong Post'] }, true, false],
    ['with what cannot be seen', { role: 'focal-point', organisations: ['The\u200E Mekong Po\u00ADst'] }, true, false],
    ['of nothing but marks', { role: 'focal-point', organisations: ['...'] }, false, false],
    ['of nobody', { role: 'focal-point' }, false, false],
    ['of chosen ticks', { role: 'custom', ticks: ['decide'], categories: ['media'] }, true, false],
    ['of chosen ticks for the whole event', { role: 'custom', ticks: ['decide'] }, true, true],
  ])('%s', (_, grant, reachesMedia, reachesOurs) => {
    expect([reaches([grant], ['decide'], media), reaches([grant], ['decide'], ours)]).toEqual([
      reachesMedia,
      reachesOurs,
    ]);
  });

  it('by an organisation in Khmer is the same however its words are parted for the eye', () => {
    const typed = 'ក្រសួង\u200Bអប់រំ';
    const cleaned = cleanText(typed, { max: 160, letters: true });
    const registered = { ...media, organisation: 'value' in cleaned ? cleaned.value : '' };
    for (const organisation of [typed, 'ក្រសួងអប់រំ', '\u200Bក្រសួង\u200Bអប់\u200Bរំ\u200B'])
      expect(reaches([{ role: 'focal-point', organisations: [organisation] }], ['decide'], registered)).toBe(true);
    const other: RoleGrant = { role: 'focal-point', organisations: ['ក្រសួង\u200Bការងារ'] };
    expect(reaches([other], ['decide'], registered)).toBe(false);
  });

  it('of one grant is not that of another: who sees everyone decides on their own alone', () => {
    const grants: RoleGrant[] = [{ role: 'desk-lead' }, { role: 'focal-point', categories: ['media'] }];
    expect([maySee(grants, ours, ''), reaches(grants, ['decide'], ours), reaches(grants, ['decide'], media)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('two choices of ticks stay apart', () => {
    const held: RoleGrant[] = [{ role: 'custom', ticks: ['see-people'], countries: ['KH'] }];
    const added: RoleGrant[] = [{ role: 'custom', ticks: ['decide'], categories: ['media'] }];
    const grants = mergeGrants(held, [...added, ...added]);
    expect(grants).toEqual([...held, ...added]);
    expect(reaches(grants, ['decide'], ours)).toBe(false);
  });
});

describe('what may be given', () => {
  it.each(KINDS)('%s: limited to a part of the people only where a route keeps to that', (_, grant, ticks) => {
    const asked = newRoleInvitation.safeParse({ grants: [{ ...grant, countries: ['KH'] }] });
    const keepsTo: readonly Tick[] = ['see-people', 'decide', 'change-people'];
    const isWithin = !grant.deputy && ticks.length > 0 && ticks.every((tick) => keepsTo.includes(tick));
    expect([asked.success, mayBeLimited(grant)]).toEqual([isWithin, isWithin]);
    // Addresses of those in a list are handed out to all who may see them: files need no reach of their own.
    if (ticks.includes('export')) expect(mayBeLimited(grant)).toBe(false);
  });

  it('a file of addresses asks for `export` alone', () => {
    for (const id of ['exportAddresses', 'noteExport'] as const) expect(ROUTES[id].ticks, id).toEqual(['export']);
  });

  const given = (grant: unknown): boolean => newRoleInvitation.safeParse({ grants: [grant] }).success;

  it.each<[unknown, boolean]>([
    [{ role: 'staff' }, true],
    [{ role: 'focal-point', categories: ['media'] }, true],
    [{ role: 'focal-point' }, false],
    [{ role: 'viewer', countries: ['KH'] }, false],
    [{ role: 'custom' }, false],
    [{ role: 'custom', ticks: [] }, false],
    [{ role: 'custom', ticks: ['see-people', 'decide'], organisations: ['A'] }, true],
    // Nothing would keep it.
    [{ role: 'custom', ticks: ['write-to-many'], countries: ['KH'] }, false],
    [{ role: 'custom', ticks: ['manage-team'] }, false],
    [{ role: 'custom', ticks: ['fly'] }, false],
    [{ role: 'viewer', ticks: ['export'] }, false],
    [{ role: 'owner' }, false],
  ])('%j: %j', (grant, isGiven) => {
    expect(given(grant)).toBe(isGiven);
  });
});
