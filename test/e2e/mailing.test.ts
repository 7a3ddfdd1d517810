import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changedItems, digestOnceSettled, digestTables } from '../../bench/pages/stored.ts';
import { linksMailed, loadPages, loadUnchanged, type MailedLink } from '../../bench/pages.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { type Site, startSite } from './site.ts';

/** `npm run bench -- pages` has three hundred people open twenty times as many. */
const PEOPLE = 50;
const LOADS = 400;

let site: Site;
let links: readonly MailedLink[];

beforeAll(async () => {
  site = await startSite();
  links = await linksMailed(site.system, PEOPLE);
});
afterAll(() => site?.stop());

it('RE9: everyone opens the page of one mailing at once: no error, and nothing that is stored changes', async () => {
  expect(new Set(links.map(({ url }) => url)).size).toBe(PEOPLE);
  const { durations, errors, changed } = await loadUnchanged(site.system, links, LOADS);
  expect({ errors, changed }).toEqual({ errors: [], changed: [] });
  expect(durations).toHaveLength(LOADS);
});

it('RE9: a browser asks the API for the page alone: all else is kept at the edge', async () => {
  const [{ url } = { url: '' }] = links;
  const page = await site.visit();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(url, { waitUntil: 'networkidle' });
  expect(asked.filter((path) => !path.startsWith('/assets/'))).toEqual([new URL(url).pathname]);
  expect(asked.length).toBeGreaterThan(1);
  await page.context().close();
});

it('notices a page that is not whose link it is, one that there is not, and an item that changed', async () => {
  const [one, other] = links as [MailedLink, MailedLink];
  const wrong = [one, { ...one, names: other.names }, { ...one, url: one.url.slice(0, -1) }];
  const { errors } = await loadPages(wrong, wrong.length);
  expect([...errors].sort()).toEqual([expect.stringMatching(/^401 /), `no page of ${other.names}`]);

  const { system } = site;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
  const write = new UpdateCommand({
    TableName: system.tables.audit,
    Key: { pk: 'AUDIT#any', sk: 'any' },
    UpdateExpression: 'SET label = :label',
    ExpressionAttributeValues: { ':label': 'x' },
  });
  const changed = await system.hold(async () => {
    const before = await digestOnceSettled(system);
    await DynamoDBDocumentClient.from(client).send(write);
    return changedItems(before, await digestTables(system));
  });
  client.destroy();
  expect(changed).toEqual(['audit AUDIT#any any']);
});
