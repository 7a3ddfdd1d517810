import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putAll } from '../../bench/people.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { AUDIT_KINDS } from '../../shared/team/audit/audit.ts';
import { call, postJson } from '../support/call.ts';
import { CARE_ANSWERS, careForum } from '../support/care.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
/** Two events alike: one of media who wait for a decision, of whom one needs something, and of one under 18. */
const [ID, OTHER] = ['audited', 'other-audited'];
let adult: string;
let child: string;
let stranger: string;

beforeAll(async () => {
  parts = await startParts();
  for (const id of [ID, OTHER]) {
    const { questions = [], ...care } = careForum();
    const categories = forum().categories.map((category) => ({ ...category, approval: category.id === 'media' }));
    await parts.publish(forum({ id, ...care, questions, categories }));
    await grantTeam(parts, id);
    const sent = submission({ email: 'adult@example.org', category: 'media', answers: CARE_ANSWERS });
    for (const each of [sent, youngSubmission()]) {
      const answer = await call('submitRegistration', { params: { eventId: id }, ...postJson(each) });
      expect(answer.statusCode, answer.body).toBe(202);
    }
  }
  const referenceIn = async (id: string, isMinor: boolean) =>
    (await readRegistry(parts, id)).registrations.find(({ ageBand }) => (ageBand === 'minor') === isMinor)?.reference;
  adult = (await referenceIn(ID, false)) ?? '';
  child = (await referenceIn(ID, true)) ?? '';
  stranger = (await referenceIn(OTHER, false)) ?? '';
  expect((await decide('thailand')).status).toBe(200);
  expect((await ask('vettedOrganiser', 'showOrganiserRegistration', about(child))).status).toBe(200);
  const { body: needs } = await ask('care', 'listNeeds', { params: { eventId: ID } });
  const edition = needs.needs.find(({ reference }: { reference: string }) => reference === adult).edition;
  const arranged = await ask('care', 'arrangeNeed', { ...about(adult), body: { arranged: true, edition } });
  expect(arranged.status, JSON.stringify(arranged.body)).toBe(200);
});
afterAll(() => parts?.stop());

const about = (reference: string) => ({ params: { eventId: ID, reference } });
const decide = (who: TeamMember) =>
  ask(who, 'decideRegistration', { ...about(adult), body: { decision: 'approve', revision: 1 } });

interface Entry {
  readonly at: string;
  readonly by: string;
  readonly byLabel?: string;
  readonly action: string;
  readonly kind: string;
  readonly person?: string;
  readonly reference?: string;
  readonly why?: string;
}

async function listed(who: TeamMember, query: Record<string, string> = {}, eventId = ID) {
  const { status, body } = await ask(who, 'listAudit', { params: { eventId }, query });
  return { status, entries: (body.entries ?? []) as Entry[], next: body.next as string | undefined, body };
}
const without = (action: string) => (entry: Entry) => entry.action !== action;

describe('IN2: owners see who did what', () => {
  it('newest first, by the name that the team gave, and with the reference of adults', async () => {
    const { entries } = await listed('organiser');
    const at = entries.map((each) => each.at);
    expect(at).toEqual([...at].sort().reverse());
    const approved = entries.find(({ action }) => action === 'approve');
    expect(approved).toEqual({
      at: expect.any(String),
      ...{ by: memberId(identityOf('thailand')), byLabel: 'thailand' },
      ...{ action: 'approve', kind: 'did', person: 'adult', reference: adult },
    });
  });

  it('CS14: with nothing that leads to a minor or to a need, where they may not know of it', async () => {
    const { body } = await listed('organiser');
    const read = body.entries.find(({ action }: Entry) => action === 'read-minor');
    expect(read).toMatchObject({ kind: 'safeguarding', person: 'minor', byLabel: 'vettedOrganiser' });
    expect(Object.keys(read)).not.toEqual(expect.arrayContaining(['reference']));
    expect(Object.keys(read)).not.toEqual(expect.arrayContaining(['why']));
    const arranged = body.entries.find(({ action }: Entry) => action === 'arrange-need');
    expect(arranged).toMatchObject({ kind: 'care', byLabel: 'care' });
    expect(Object.keys(arranged)).not.toEqual(expect.arrayContaining(['reference']));
    expect(JSON.stringify(body)).not.toContain(child);
  });

  it('CS14: one who was vetted sees the reference of a minor and why they were looked at, and that is noted', async () => {
    const { entries } = await listed('vettedOrganiser', { kind: 'safeguarding' });
    expect(entries.find(({ action }) => action === 'read-minor')).toMatchObject({ reference: child, why: 'a test' });
    expect((await auditOf(parts, ID)).slice(-2).sort()).toEqual(['list-minors', 'read-audit']);
    const { entries: care } = await listed('vettedOrganiser', { kind: 'care' });
    expect(care.map(({ reference }) => reference)).toEqual([undefined, undefined]);
    expect((await auditOf(parts, ID)).at(-1)).toBe('read-audit');
  });

  it('is for owners: nobody else of the team', async () => {
    for (const who of ['thailand', 'safeguarding', 'care', 'deputy', 'viewer', 'protocol'] as const) {
      expect((await listed(who)).status, who).toBe(403);
      expect((await ask(who, 'exportAudit', { params: { eventId: ID } })).status, who).toBe(403);
    }
  });

  it('and that they looked is noted, each time, or they do not see it', async () => {
    const noted = async () => (await auditOf(parts, ID)).filter((each) => each === 'read-audit').length;
    const before = await noted();
    await listed('organiser');
    expect(await noted()).toBe(before + 1);
    const { realDeps } = await import('../../functions/audit/index.ts');
    const { listAudit } = await import('../../shared/team/audit/read-audit.case.ts');
    const unnoted = { ...realDeps(), auditTable: 'no-such-table' };
    const caller = { id: 'm', grants: [{ role: 'organiser' }], ticks: [] } as never;
    const request = { params: { eventId: ID }, query: {}, language: 'en' } as never;
    await expect(listAudit(unnoted)(request, caller)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('what is looked for', () => {
  it('is found by the member, the kind, the days and the person, and by several of them', async () => {
    const [thailand, care] = [memberId(identityOf('thailand')), memberId(identityOf('care'))];
    const actions = async (query: Record<string, string>) =>
      (await listed('organiser', query)).entries.map(({ action }) => action);
    expect(await actions({ who: thailand })).toEqual(['approve']);
    expect(await actions({ who: care })).toEqual(['arrange-need', 'list-needs']);
    expect(await actions({ who: care, kind: 'care' })).toEqual(['arrange-need', 'list-needs']);
    expect(await actions({ who: thailand, kind: 'care' })).toEqual([]);
    expect(await actions({ kind: 'did' })).toEqual(['approve']);
    // Of whom a need was arranged is not to be found by trying references.
    expect(await actions({ reference: adult.toLowerCase() })).toEqual(['approve']);
    expect(await actions({ reference: adult, kind: 'care' })).toEqual([]);
    const today = new Date().toLocaleDateString('en-CA', { timeZone: forum().timeZone });
    expect(await actions({ who: thailand, from: today, to: today })).toEqual(['approve']);
    expect(await actions({ who: thailand, from: '2001-01-01', to: '2001-01-01' })).toEqual([]);
    expect(await actions({ who: thailand, from: '2201-01-01' })).toEqual([]);
  });

  it('of a person under 18 is found on their own page alone', async () => {
    for (const who of ['organiser', 'vettedOrganiser'] as const)
      expect((await listed(who, { reference: child })).entries, who).toEqual([]);
  });

  it('is nothing where nobody has that name here: a member who never was, a reference of another event', async () => {
    const unknown: Record<string, string>[] = [
      { who: 'x'.repeat(43) },
      { who: 'device ABCDEFGH' },
      { reference: stranger },
    ];
    for (const query of unknown) expect((await listed('organiser', query)).body).toEqual({ entries: [] });
    expect((await listed('organiser', {}, 'no-such-event')).status).toBe(403);
  });

  it.each([
    [{ from: '2027-03-02', to: '2027-03-01' }, 'to'],
    [{ from: '2027-02-30' }, 'from'],
    [{ to: 'yesterday' }, 'to'],
    [{ who: 'thailand' }, 'who'],
    [{ kind: 'opened' }, 'kind'],
    [{ reference: '7K3M9QX2AC' }, 'reference'],
    [{ before: 'made-up' }, 'before'],
    [{ before: `2027-03-02T00:00:00.000Z#${'?'.repeat(22)}` }, 'before'],
  ])('is refused where it can be nothing: %o', async (query, path) => {
    const { status, body } = await listed('organiser', query as unknown as Record<string, string>);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
    expect((await ask('organiser', 'exportAudit', { params: { eventId: ID }, query })).status).toBe(
      path === 'before' ? 200 : 422,
    );
  });

  it('goes on from a place that is made up, and from one of another list, with what is older in this one', async () => {
    const before = `2001-01-01T00:00:00.000Z#${'A'.repeat(22)}`;
    expect((await listed('organiser', { before })).body).toEqual({ entries: [] });
    const later = `2201-01-01T00:00:00.000Z#${'A'.repeat(22)}`;
    const { entries } = await listed('organiser', { before: later, who: memberId(identityOf('thailand')) });
    expect(entries.map(({ action }) => action)).toEqual(['approve']);
  });
});

describe('who did what about one person', () => {
  const of = async (who: TeamMember, reference: string, headers?: Record<string, string>) => {
    const { status, body } = await ask(who, 'listRegistrationAudit', {
      ...about(reference),
      ...(headers && { headers }),
    });
    return { status, actions: (body.entries ?? []).map(({ action }: Entry) => action) as string[], type: body.type };
  };

  it('is seen by members who see them, and what Care does by none of these', async () => {
    for (const who of ['organiser', 'thailand', 'protocol'] as const)
      expect(await of(who, adult), who).toMatchObject({ status: 200, actions: ['approve'] });
    expect((await of('laos', adult)).status).toBe(404);
    for (const who of ['care', 'viewer', 'safeguarding'] as const)
      expect((await of(who, adult)).status, who).toBe(who === 'safeguarding' ? 404 : 403);
    expect((await of('organiser', stranger)).status).toBe(404);
    expect((await of('organiser', 'nonsense')).status).toBe(404);
  });

  it('CS14: of a minor by those only who were vetted, with why, which is noted', async () => {
    for (const who of ['organiser', 'thailand', 'lapsedSafeguarding'] as const)
      expect((await of(who, child)).status, who).toBe(404);
    expect(await of('vettedOrganiser', child, { [WHY_HEADER]: '' })).toMatchObject({ status: 428 });
    const { actions } = await of('safeguarding', child);
    expect(actions[0]).toBe('read-minor');
    const last = (await scan(parts, 'audit', { having: { eventId: ID } })).filter(({ about: of }) => of === child);
    expect(last.some(({ by }) => by === memberId(identityOf('safeguarding')))).toBe(true);
  });
});

describe('a long list', () => {
  const LONG = 'long-audited';
  const MOST = 160;
  beforeAll(async () => {
    const event = forum({ id: LONG });
    await parts.publish(event);
    await grantTeam(parts, LONG);
    const entries = Array.from({ length: MOST }, (_, nth) => {
      const at = new Date(Date.UTC(2025, 2, 1, 0, Math.floor(nth / 3))).toISOString();
      const id = Buffer.from(realSystem.random(16)).toString('base64url');
      const by = nth % 2 === 0 ? 'A'.repeat(43) : 'B'.repeat(43);
      const action = nth % 4 === 3 ? 'export' : 'load-people';
      return putAudit('', { id, eventId: LONG, at, by, action }, retentionEnd(event)).Put?.Item ?? {};
    });
    await putAll(parts.database.client, parts.database.tables.audit, entries);
  });

  async function all(query: Record<string, string>): Promise<{ entries: Entry[]; pages: number[] }> {
    const entries: Entry[] = [];
    const pages: number[] = [];
    for (let before: string | undefined; ; ) {
      const page = await listed('organiser', { ...query, ...(before && { before }) }, LONG);
      expect(page.status).toBe(200);
      entries.push(...page.entries);
      pages.push(page.entries.length);
      if (page.next === undefined) return { entries, pages };
      before = page.next;
    }
  }

  it('is read to its end in pages of fifty, each entry once, also where many are of one instant', async () => {
    const { entries } = await all({});
    const old = entries.filter(without('read-audit'));
    expect(old).toHaveLength(MOST);
    expect(new Set(old.map(({ at, by }) => `${at} ${by}`)).size).toBeGreaterThan(50);
    const { entries: own, pages } = await all({ who: 'A'.repeat(43) });
    expect([own.length, pages]).toEqual([MOST / 2, [50, 30]]);
    const { entries: exports } = await all({ who: 'B'.repeat(43), kind: 'exported' });
    expect(exports).toHaveLength(MOST / 4);
    expect(exports.every(({ action, by }) => action === 'export' && by === 'B'.repeat(43))).toBe(true);
    expect((await all({ who: 'A'.repeat(43), kind: 'exported' })).entries).toEqual([]);
  });

  it('ends with the first day that is asked for', async () => {
    const { entries, pages } = await all({ kind: 'saw', from: '2025-03-01', to: '2025-03-01' });
    expect(entries.every(({ at }) => at.startsWith('2025-03-01'))).toBe(true);
    expect(pages.at(-1)).toBeGreaterThan(0);
    expect((await all({ kind: 'saw', to: '2025-02-27' })).entries).toEqual([]);
  });
});

it('IN2: every kind has actions, so that each can be asked for', async () => {
  for (const kind of AUDIT_KINDS) expect((await listed('organiser', { kind })).status, kind).toBe(200);
  await leave(parts, ID, 'thailand');
  const { entries } = await listed('organiser', { kind: 'did' });
  expect(entries[0]).toMatchObject({ byLabel: 'thailand' });
});
