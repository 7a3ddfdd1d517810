import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { offerEnrolment } from '../../shared/checking-in/enrol.ts';
import { revokeDevice } from '../../shared/checking-in/known-device.ts';
import { usualList } from '../../shared/domain/check-in/list.ts';
import { putCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import { documentClient } from '../../shared/store/client.ts';
import { writeAll } from '../../shared/store/transact.ts';
import { realSystem } from '../../shared/system.ts';
import { enginePage } from '../support/door/bundle.ts';
import { firstOf, scanId } from './doors.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { openPhone, type Phone } from './phone.ts';
import { postJson } from './post.ts';
import { type Site, startSite } from './site.ts';

const HOUR = 60 * 60 * 1000;
const PLACE = '/engine/';

let site: Site;
let dynamodb: DynamoDBClient;
let files: Map<string, string>;

const deps = () => ({
  client: documentClient(dynamodb),
  registry: site.system.tables.registry,
  system: realSystem,
});

beforeAll(async () => {
  [site, files] = await Promise.all([startSite(), enginePage(PLACE)]);
  dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  // The forum is a year away: its entrance is open already.
  const entrance = { ...usualList('event', { kind: 'event' }), opensAt: '2020-01-01T00:00:00Z' };
  const { client, registry, system } = deps();
  await writeAll(client, [putCheckInLists(registry, SAMPLE_EVENT, [entrance], 0)], system);
});
afterAll(async () => {
  dynamodb?.destroy();
  await site?.stop();
});

/** A phone at the entrance, in a browser of its own, with the engine on a page of the real site. */
async function phoneAtEntrance(): Promise<Phone & { readonly deviceId: string }> {
  const context = await site.browser.newContext();
  await context.route(`${site.system.siteUrl}${PLACE}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    return route.fulfill({ contentType, body: files.get(pathname) ?? '' });
  });
  const phone = await openPhone(context, site.system.siteUrl + PLACE);
  const terms = { eventId: SAMPLE_EVENT, name: 'Entrance', lists: ['event'], maySearch: true, enrolledBy: 'organiser' };
  const offer = await offerEnrolment(deps(), { ...terms, endsAt: Date.now() + 8 * HOUR }, 2 ** 32);
  await phone.enrol(offer.code);
  return { ...phone, deviceId: offer.deviceId };
}

/** Registers someone, and opens the mail: their ticket, and the credential of their page. */
async function register(email: string, fullName: string) {
  expect((await postJson(site, { email, fullName, badgeName: fullName })).status).toBe(202);
  const token = new URL(manageLinkIn(await mailTo(site.system, email))).pathname.slice('/m/'.length);
  const call = (method: string) =>
    fetch(`${site.system.siteUrl}/api/registration`, { method, headers: { authorization: `Bearer ${token}` } });
  const { ticket } = (await (await call('GET')).json()) as { ticket: { code: string; typed: string } };
  return { ...ticket, cancel: () => call('DELETE') };
}

it('CI12, CS5, AU7: phones and the real system agree on tickets, check-ins, walk-ins and devices', async () => {
  const [first, second] = [
    await register('dara@door.example.org', 'Dara Sok'),
    await register('bo@door.example.org', 'Bo Chan'),
  ];
  const [left, right] = [await phoneAtEntrance(), await phoneAtEntrance()];
  for (const phone of [left, right]) await phone.shows(({ people, door }) => people >= 2 && door?.id === 'event');

  await left.page.context().setOffline(true);
  expect(await left.read(first.code)).toMatchObject({ kind: 'admit', person: { name: 'Dara Sok' } });
  await left.page.context().setOffline(false);
  await left.shows(({ queue }) => queue.waiting === 0);
  await right.shows(({ counts }) => counts.came === 1);
  expect(await right.read(first.typed)).toMatchObject({ kind: 'already-in', isHere: false });

  const found = firstOf((await right.page.evaluate(() => engine.search('Bo'))).people);
  expect(await right.page.evaluate((person) => engine.checkIn(person), found)).toMatchObject({ kind: 'admit' });
  await left.shows(({ counts }) => counts.came === 2);
  expect(await left.read(second.code)).toMatchObject({
    kind: 'already-in',
    person: { name: 'Bo Chan' },
    isHere: false,
  });

  const walked = await left.page.evaluate(async () => {
    const category = engine.snapshot().setup?.event.categories[0]?.id ?? '';
    return engine.walkIn({ fullName: 'Ny Walk', organisation: 'Sample Press', country: 'KH', category });
  });
  if (walked.kind !== 'let-in') throw new Error(`a walk-in was told ${walked.kind}`);
  await left.shows(({ queue }) => queue.waiting === 0 && queue.refused === 0);
  await right.shows(({ people, counts }) => people >= 3 && counts.came === 3);
  const badge = await right.read(walked.ticketId ?? '');
  expect(badge).toMatchObject({ kind: 'already-in', person: { name: 'Ny Walk', reference: walked.person?.reference } });

  await left.undo(scanId(walked));
  await right.shows(({ counts }) => counts.came === 2);

  expect((await first.cancel()).ok).toBe(true);
  await right.page.waitForTimeout(3100);
  await right.sync();
  expect(await right.read(first.code)).toMatchObject({ kind: expect.stringMatching(/^(refuse|revoked)$/) });

  const { client, registry } = deps();
  await revokeDevice({ client, registry, system: realSystem }, SAMPLE_EVENT, left.deviceId);
  await left.sync();
  expect(await left.snapshot()).toMatchObject({ standing: 'revoked', download: { trouble: 'revoked' } });
  expect(await left.read(second.code)).toEqual({ kind: 'not-kept', why: 'unavailable' });
  await right.sync();
  expect((await right.snapshot()).standing).toBe('active');
});
