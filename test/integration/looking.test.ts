import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SearchLock } from '../../shared/checkin/device/device.schema.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { methodsOf } from '../../shared/kernel/route.ts';
import { changesShard } from '../../shared/registration/list/changes-shard.ts';
import { registrationChanges } from '../../shared/registration/list/registration-changes.store.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { ROUTES } from '../../shared/routes.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { inItsPlace, scan } from '../support/registry.ts';
import { type Asked, callAs, everyCall, MARK, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

/* Looking, on every route and by everyone who may: what it changes, who is told of whom, and what is kept of it on the way. */

interface Look extends Asked {
  readonly told: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly caching: string;
}

let parts: Parts;
let event: WholeEvent;
const looks: Look[] = [];
/** All that is stored, but for who looked: when readers of reports last did, and how often a desk's phone searched (AU10). */
const stored = async (): Promise<unknown> => {
  const all = await Promise.all((['registry', 'care', 'outbox'] as const).map((table) => scan(parts, table)));
  return all.map((items) => items.map(withoutLooks));
};

function withoutLooks(item: Record<string, unknown>): Record<string, unknown> {
  const [kind] = String(item['pk']).split('#');
  if (kind === 'REPORT-NOTICES') return { ...item, seenAt: undefined };
  if (kind !== 'DEVICE' || item['search'] === undefined) return item;
  const { revision: _, openUntil: __, steps: ___, searches: ____, ...search } = item['search'] as SearchLock;
  return { ...item, search };
}

beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, 'looking');
});
afterAll(() => parts?.stop());

it('has every registration told to phones, whoever wrote it: each is in its partition of the index of changes', async () => {
  const items = await scan(parts, 'registry', { partitions: ['REGISTRATION#'] });
  const shards = items.map((item) => [item['sk'], item['rosterShard']]);
  expect(shards).toEqual(items.map((item) => [item['sk'], changesShard(fromRegistrationItem(item))]));
  expect(new Set(shards.map(([, shard]) => shard)).size).toBeGreaterThan(2);
});

it('has every registration in the index of changes once, as it was written last, whoever wrote it and whatever its status', async () => {
  const items = await scan(parts, 'registry', { partitions: [`REGISTRATION#${event.id}#`] });
  const registrations = items.map(inItsPlace);
  expect(new Set(registrations.map(({ status }) => status)).size).toBeGreaterThan(2);
  const { client, tables } = parts.database;
  const found = [];
  for await (const { changed } of registrationChanges(
    documentClient(client),
    tables.registry,
    event.id,
    undefined,
    () => new Date(),
  ))
    found.push(...changed);
  const inOrder = registrations
    .map(({ reference, revision, changedAt }) => ({ reference, revision, changedAt }))
    .sort((a, b) => (`${a.changedAt}#${a.reference}` < `${b.changedAt}#${b.reference}` ? -1 : 1));
  expect(found).toEqual(inOrder);
});

it('AU2: a GET or HEAD changes nothing but the list of who looked', async () => {
  const before = await stored();
  for (const asked of everyCall(({ method }) => method === 'GET')) {
    for (const method of methodsOf(ROUTES[asked.id])) {
      const { body = '', headers = {} } = await callAs(asked, { ...event.callOf(asked.id), method });
      const told = JSON.stringify([body, headers]);
      if (method === 'GET') looks.push({ ...asked, told, headers, body, caching: String(headers['cache-control']) });
    }
  }
  expect(await stored()).toEqual(before);
});

it('AB13: whatever names anyone may be kept by nobody on the way', () => {
  const naming = looks.filter(({ told }) => told.toLowerCase().includes(MARK));
  expect(naming.length).toBeGreaterThan(20);
  expect(naming.filter(({ caching }) => caching !== 'no-store').map(({ id }) => id)).toEqual([]);
});

it('AB13: every page has browsers load what is the site’s own alone, show it in no frame, guess no type, and tell nobody where it is', () => {
  const pages = looks.filter(({ headers }) => String(headers['content-type']).startsWith('text/html'));
  expect(new Set(pages.map(({ id }) => id)).size).toBeGreaterThan(20);
  for (const { id, headers } of pages) {
    const policy = String(headers['content-security-policy']);
    expect(policy, id).toContain("default-src 'none'");
    expect(policy, id).toContain("frame-ancestors 'none'");
    expect(policy, id).not.toMatch(/unsafe|\*|https?:/);
    expect(headers, id).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['strict-transport-security'], id).toMatch(/max-age=\d{8}/);
  }
});

it('AU4: no page has a name where histories, previews and search engines keep it, and none that names anyone is to be listed', () => {
  const heads = looks.flatMap(({ id, body }) => {
    const [head] = /<head>.*<\/head>/s.exec(body) ?? [];
    return head === undefined ? [] : [{ id, head, isNaming: body.toLowerCase().includes(MARK) }];
  });
  expect(heads.filter(({ isNaming }) => isNaming).length).toBeGreaterThan(5);
  expect(heads.filter(({ head }) => head.toLowerCase().includes(MARK)).map(({ id }) => id)).toEqual([]);
  const listed = heads.filter(({ head, isNaming }) => isNaming && !/<meta name="robots" content="noindex">/.test(head));
  expect(listed.map(({ id }) => id)).toEqual([]);
});

it('what is the same for everyone may be kept, and is shown for a day where functions fail', () => {
  const kept = looks.filter(({ caching }) => caching !== 'no-store');
  expect([...new Set(kept.map(({ id }) => id))].sort()).toEqual([
    'getConsoleConfig',
    'getEvent',
    'showAccessibility',
    'showConsentForm',
    'showEvent',
    'showFeedbackForm',
    'showFeedbackThanks',
    'showFind',
    'showForm',
    'showPrivacy',
    'showYoungForm',
    'showYoungPeople',
  ]);
  for (const { id, caching } of kept) expect(caching, id).toMatch(/, stale-while-revalidate=60, stale-if-error=86400$/);
});

it('CS8, CS13: people under 18 and their guardians are named to themselves and to vetted members, and to nobody else', () => {
  const tellersOf = (names: RegExp): string[] =>
    looks.filter(({ told }) => names.test(told)).map(({ id, who }) => (who ? `${id} to ${who}` : id));
  const vetted = ['vettedOrganiser', 'safeguarding', 'secondSafeguarding'];
  const toVetted = (...ids: string[]): string[] => ids.flatMap((id) => vetted.map((who) => `${id} to ${who}`));
  expect(tellersOf(/Canary (asked|completing|Child)/i).sort()).toEqual(
    [
      ...['showComplete', 'showConsent', 'listNeeds to vettedCare', 'listConflicts to vettedOrganiser'],
      ...toVetted('listMinors', 'showMinor'),
    ].sort(),
  );
  const atTheDesk = ['safeguarding', 'secondSafeguarding'].map((who) => `showHandover to ${who}`);
  expect(tellersOf(/Canary (Guardian|Signer)/i).sort()).toEqual([...toVetted('showMinor'), ...atTheDesk].sort());
  // CS24: with whom they may leave is read at the safeguarding desk alone.
  expect(tellersOf(/Canary (Fetcher|Unwanted)/i).sort()).toEqual(atTheDesk.sort());
});

it('CS17: what a report says is told to vetted focal points and the deputy only', () => {
  const tellers = looks.filter(({ told }) => told.includes('of a report')).map(({ id, who }) => `${id} to ${who}`);
  expect(tellers).toEqual(['readReport to safeguarding', 'readReport to secondSafeguarding', 'readReport to deputy']);
});

it('CI13: the line of a person to greet is told by two routes, to protocol alone', () => {
  const tellers = looks.filter(({ told }) => told.includes('of a line')).map(({ id, who }) => `${id} to ${who}`);
  expect(tellers.sort()).toEqual(['listGreeted to protocol', 'showPersonPage to protocol']);
});

it('CS16: no list of registrations holds anyone under 18, whoever loads it', () => {
  const tables = looks.filter(({ id, told }) => id === 'loadPeople' && told.includes('Canary Comer'));
  expect(tables.map(({ who }) => who).sort()).toEqual(['organiser', 'protocol', 'thailand', 'vettedOrganiser']);
  for (const { told } of tables) expect(told).not.toMatch(/Canary (Child|asked|completing)/);
});
