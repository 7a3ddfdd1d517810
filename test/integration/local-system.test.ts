import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { submission } from '../support/forum.ts';

let system: LocalSystem;

beforeAll(async () => {
  system = await startSystem({ quiet: true });
});

afterAll(() => system.stop());

it('serves the sample event with its assets', async () => {
  const response = await fetch(system.siteUrl);
  const page = await response.text();
  expect([response.status, new URL(response.url).pathname]).toEqual([200, `/e/${SAMPLE_EVENT}`]);
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(assets.length).toBeGreaterThan(0);
  for (const path of assets) expect((await fetch(system.siteUrl + path)).status).toBe(200);
});

it('names tables that exist', async () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb }));
  const scan = await client.send(new ScanCommand({ TableName: system.tables.registry, Select: 'COUNT' }));
  expect(scan.Count).toBeGreaterThan(0);
  client.destroy();
});

it('tells of mail that comes back: an address of the mailbox simulator bounces, and its registration is marked', async () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb }));
  const email = 'bounce+local@simulator.amazonses.com';
  const response = await fetch(`${system.siteUrl}/api/events/${SAMPLE_EVENT}/registrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(submission({ email })),
  });
  expect(response.status).toBe(202);
  const mark = async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: system.tables.registry }));
    return Items.find((item) => item['email'] === email)?.['mail']?.state;
  };
  await expect.poll(mark, { interval: 200 }).toBe('bounced');
  client.destroy();
});

it('runs beside another, apart in everything, and leaves nothing when stopped', async () => {
  const other = await startSystem({ quiet: true });
  expect(other.tables.registry).not.toBe(system.tables.registry);
  expect((await fetch(`${other.siteUrl}/e/${SAMPLE_EVENT}`)).status).toBe(200);
  await other.stop();
  for (const url of [other.siteUrl, other.mailboxUrl, other.identity.issuer, ...Object.values(other.endpoints)]) {
    await expect(fetch(url)).rejects.toThrow();
  }
  expect((await fetch(`${system.siteUrl}/e/${SAMPLE_EVENT}`)).status).toBe(200);
});

it('says that a port is taken, and has stopped what it had started', async () => {
  const port = Number(new URL(system.siteUrl).port);
  const directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  await expect(startSystem({ quiet: true, port, directory })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const { stdout } = spawnSync('pgrep', ['-f', `dynoxide.*${directory}`], { encoding: 'utf8' });
  expect(stdout).toBe('');
  await rm(directory, { recursive: true });
});
