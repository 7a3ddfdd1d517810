import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAR_AWAY, registerPeople } from '../../bench/people.ts';
import { readTable } from '../../bench/rush/read-table.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { writeOffer } from '../../shared/checkin/device/enrol.case.ts';
import { putCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import { usualList } from '../../shared/checkin/list/list.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { bestOf } from '../support/best-of.ts';
import { enginePage } from '../support/door/bundle.ts';
import { openPhone, type TabPhone } from './phone.ts';
import { type Site, startSite } from './site.ts';

const EVENT = 'thousand';
const PLACE = '/engine/';
const DAY = 24 * 60 * 60 * 1000;
const SCANS = 1000;
/** Milliseconds on a quiet machine. */
const MOST = 10_000;
/** One for each try: everybody comes to each of them. */
const LISTS = ['first', 'second', 'third'] as const;

let site: Site;
let phone: TabPhone;
let tickets: readonly string[];

beforeAll(async () => {
  const [opened, files] = await Promise.all([startSite(), enginePage(PLACE)]);
  site = opened;
  const { system, browser } = site;
  const people = await registerPeople(system, EVENT, SCANS);
  tickets = people.map(({ ticketId }) => ticketId);
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  const deps = { client: documentClient(dynamodb), registry: system.tables.registry, system: realSystem };
  const now = Date.now();
  const times = { opensAt: new Date(now - DAY).toISOString(), closesAt: new Date(now + DAY).toISOString() };
  const lists = LISTS.map((id) => ({ ...usualList(id, { kind: 'event' }), ...times }));
  await writeAll(deps.client, [putCheckInLists(deps.registry, EVENT, lists, 0)], realSystem);
  const wanted = { eventId: EVENT, name: 'Entrance', lists: LISTS, maySearch: false };
  const { code } = await writeOffer(deps, { ...wanted, endsAt: now + DAY, enrolledBy: 'test' }, FAR_AWAY);
  dynamodb.destroy();
  const context = await browser.newContext();
  await context.route(`${system.siteUrl}${PLACE}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    return route.fulfill({ contentType, body: files.get(pathname) ?? '' });
  });
  phone = await openPhone(context, system.siteUrl + PLACE);
  await phone.enrol(code);
  await phone.shows(({ people: known, setup }) => setup !== undefined && known === SCANS);
});
afterAll(() => site?.stop());

it('CI7: a thousand scans that waited on a phone are on the server within 10 s, each sent once', async () => {
  let batches: number[] = [];
  phone.page.on('request', (request) => {
    if (!request.url().endsWith('/api/checkin/scans')) return;
    batches.push((JSON.parse(request.postData() ?? '{}') as { scans: unknown[] }).scans.length);
  });
  let tries = 0;
  const upload = async (): Promise<number> => {
    const list = LISTS[tries] ?? '';
    tries += 1;
    await phone.choose(list);
    await phone.disconnect();
    const kinds = await phone.page.evaluate(async (all) => {
      const told = new Set<string>();
      for (const each of all) told.add((await engine.read(each)).kind);
      return [...told];
    }, tickets);
    expect(kinds).toEqual(['admit']);
    batches = [];
    const from = Date.now();
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    return Date.now() - from;
  };
  const took = await bestOf(upload, MOST, LISTS.length);
  console.log(`${SCANS} scans on the server: ${Math.round(took)} ms, in batches of ${batches.join(', ')}`);
  expect(took).toBeLessThanOrEqual(MOST);
  expect((await phone.snapshot()).queue.refused).toBe(0);
  const counts = (await readTable(site.system, 'registry')).filter(({ pk }) =>
    String(pk).startsWith(`CHECK-IN-COUNT#${EVENT}#`),
  );
  expect(counts.reduce((sum, { came }) => sum + Number(came), 0)).toBe(tries * SCANS);
  expect(batches.reduce((sum, each) => sum + each, 0)).toBe(SCANS);
});
