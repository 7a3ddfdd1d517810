import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { PROBLEMS } from '../../shared/kernel/http/problem.schema.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { methodsOf, type Route, routeKey } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { type Call, originKeys, postForm, postJson } from '../support/call.ts';
import { bounce } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { sampleOf } from '../support/schema-sample.ts';
import { outboxInserts, recordsOf } from '../support/stream.ts';
import { callAs, everyCall, MARK, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

/*
 * Whatever functions write to their logs, of what went well, was refused or failed, and whatever they throw at the platform, which
 * logs it: nothing that anyone typed, and nothing that opens anything.
 */

type OnEvent = (event: never) => Promise<DynamoDBBatchResponse | undefined>;

/** Lines of functions, and what they threw at the platform. */
const lines: string[] = [];
const thrown: string[] = [];
let parts: Parts;
let event: WholeEvent;
const handlers: Record<string, OnEvent> = {};

beforeAll(async () => {
  parts = await startParts();
  for (const name of ['outbox', 'housekeeping', 'mail-events'])
    handlers[name] = (await import(`../../functions/${name}/index.ts`)).handler;
});
beforeEach(() => {
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void lines.push(words.join(' ')));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => parts?.stop());

/** Gives a function an event; what it throws is logged by the platform. */
async function hand(name: string, what: unknown): Promise<void> {
  await handlers[name]?.(what as never).catch((error: Error) => thrown.push(`${error.stack} ${JSON.stringify(error)}`));
}

/** Everything that happens by itself: what streams, timers and SES tell functions. */
async function letTimePass(): Promise<void> {
  await hand('outbox', await outboxInserts(parts));
  await hand('outbox', {});
  const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] !== undefined);
  await hand('housekeeping', recordsOf(jobs));
  await hand('housekeeping', {});
  for (const { id, to, sentAt } of (await scan(parts, 'outbox')).filter((item) => item['kind'] !== undefined)) {
    const about = {
      outboxId: String(id),
      to: String(to ?? event.comer),
      sentAt: String(sentAt ?? '2026-11-25T02:00:00Z'),
    };
    await hand('mail-events', bounce(about));
  }
  await hand('mail-events', {
    detail: { ...bounce({ to: event.comer, sentAt: '2026-11-25T02:00:00Z' }).detail, mail: event.comer },
  });
}

/** Each route, with what is there and by everyone: empty, as asked for, and with words in each place that no schema takes. */
async function callAll(): Promise<Map<string, number[]>> {
  const statuses = new Map<string, number[]>();
  for (const asked of everyCall(() => true)) {
    const there = event.callOf(asked.id);
    for (const sent of bodiesOf(ROUTES[asked.id])) {
      const { statusCode = 0 } = await callAs(asked, {
        ...there,
        ...sent,
        query: { lang: 'en', q: `${MARK} of a search`, code: MARK, sent: MARK, done: MARK },
        headers: { ...there.headers, ...sent.headers, 'user-agent': MARK, 'idempotency-key': `${MARK}-of-a-key` },
        cookies: [`${MARK}=${MARK}`],
      });
      statuses.set(asked.id, [...(statuses.get(asked.id) ?? []), statusCode]);
    }
  }
  return statuses;
}

function bodiesOf({ body, bodyFormat }: Route): Pick<Call, 'body' | 'headers'>[] {
  if (body === undefined) return [{}];
  const sample = marked(sampleOf(body));
  if (bodyFormat === 'json') return [postJson(`{"${MARK}":`), postJson({ [MARK]: MARK }), postJson(sample)];
  return [
    postForm([]),
    postForm([[MARK, MARK]]),
    postForm([
      ['action', MARK],
      ['email', MARK],
      ['answers.help', MARK],
    ]),
  ];
}

/** A body with the mark in place of each text. */
function marked(value: unknown): unknown {
  if (value === 'sample') return MARK;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each)]));
}

/** Leaves items that no schema accepts, with a name in the field at fault. */
async function spoilEverything(): Promise<void> {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  for (const name of ['registry', 'care', 'outbox'] as const) {
    const { partitionKey, ...shape } = TABLES[name];
    const keys = [partitionKey, ...('sortKey' in shape ? [shape.sortKey] : [])];
    for (const item of await scan(parts, name)) {
      const isOfEvent = String(item['pk']).startsWith('EVENT#') || String(item['pk']).startsWith('ROLE#');
      if (isOfEvent) continue;
      await client.send(
        new UpdateCommand({
          TableName: parts.database.tables[name],
          Key: Object.fromEntries(keys.map((key) => [key, item[key]])),
          UpdateExpression: 'SET #version = :name',
          ExpressionAttributeNames: { '#version': 'v' },
          ExpressionAttributeValues: { ':name': `Canary ${MARK}` },
        }),
      );
    }
  }
}

function expectNothingSaid(): void {
  // Frames of a stack name code, of which some is about the system's own canary.
  const said = [...lines, ...thrown].map((each) => each.replaceAll(/"at [^"]*:\d+:\d+\)?"/g, ''));
  const all = said.join('\n');
  const seen = [MARK, 'Canary', 'example.org', ...originKeys(), ...event.secrets].filter((each) => all.includes(each));
  expect(seen.map((each) => said.find((line) => line.includes(each))?.slice(0, 500))).toEqual([]);
}

const ID = /^[\w#=/.-]+$/;
const ROUTE_KEYS = Object.values<Route>(ROUTES).flatMap((route) =>
  methodsOf(route).map((each) => routeKey(route, each)),
);
const isNumber = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isId = (value: unknown): boolean => ID.test(String(value));

/** What a line may hold: numbers, ids, and words of ours. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  level: (value) => ['INFO', 'WARN', 'ERROR'].includes(String(value)),
  message: (value) => /^[\w ,:’]+$/.test(String(value)),
  timestamp: (value) => new Date(String(value)).toISOString() === value,
  routeKey: (value) => ROUTE_KEYS.includes(String(value)),
  problem: (value) => String(value) in PROBLEMS,
  coldStart: (value) => typeof value === 'boolean',
  calls: (value) => Array.isArray(value) && value.every(isCall),
  trigger: (value) => /^(?:aws:dynamodb|Email \w+)$/.test(String(value)),
  stack: (value) => Array.isArray(value) && value.every((frame) => /^at [^\n]+$/.test(frame)),
  fields: (value) => Array.isArray(value) && value.every(isId),
  ...Object.fromEntries(
    ['status', 'durationMs', 'moreCalls', 'records', 'failed', 'scans', 'refusals', 'differences'].map((name) => [
      name,
      isNumber,
    ]),
  ),
  ...Object.fromEntries(
    ['correlationId', 'error', 'outboxId', 'jobId', 'eventId', 'reference', 'device', 'kind'].map((name) => [
      name,
      isId,
    ]),
  ),
  ...Object.fromEntries(['outcome', 'reason', 'why', 'place', 'table', 'key', 'language'].map((name) => [name, isId])),
};

function isCall({
  operation,
  table = '',
  ms,
  attempts = 1,
  units = 0,
  error = '',
  isOpen = true,
  ...rest
}: Record<string, unknown>) {
  const tables = String(table).split(' ').filter(Boolean);
  const known = Object.values(parts.database.tables);
  return (
    /^[A-Z]\w+$/.test(String(operation)) &&
    tables.every((each) => known.includes(each)) &&
    [ms, attempts].every(isNumber) &&
    Number(units) >= 0 &&
    isOpen === true &&
    /^\w*$/.test(String(error)) &&
    Object.keys(rest).length === 0
  );
}

/** Every line is JSON of these fields alone, or a metric of ours: a new field is looked at here before it is logged. */
function parsedLines(): Record<string, unknown>[] {
  const parsed = lines.map((line) => JSON.parse(line));
  const [metrics, told] = [parsed.filter((line) => '_aws' in line), parsed.filter((line) => !('_aws' in line))];
  const odd = told.flatMap((line) =>
    Object.entries(line).filter(([name, value]) => FIELDS[name]?.(value) !== true && line),
  );
  expect(odd).toEqual([]);
  for (const { _aws: _, service: __, ...values } of metrics)
    expect(Object.entries(values).filter(([name, value]) => !NAMES.includes(name) || !(Number(value) >= 0))).toEqual(
      [],
    );
  return told;
}
const NAMES: readonly string[] = Object.values(METRICS);

/** Lines of requests since the so-manieth, of which each asked for has one; those that failed tell their calls. */
function expectALineEach(from: number, statuses: ReadonlyMap<string, readonly number[]>): void {
  const requests = parsedLines()
    .slice(from)
    .filter(({ message }) => message === 'request');
  expect(requests.map(({ status }) => Number(status)).sort()).toEqual([...statuses.values()].flat().sort());
  for (const { routeKey, status, calls } of requests)
    if (Number(status) >= 500) expect(calls, String(routeKey)).toEqual(expect.any(Array));
}

it('IN4, AU1: of what goes well or is refused, by anyone, on every route: no name, address, note, code or token', async () => {
  event = await openWholeEvent(parts, 'logged');
  const from = parsedLines().length;
  const statuses = await callAll();
  expectALineEach(from, statuses);
  await letTimePass();
  expect([...statuses].filter(([, all]) => all.some((status) => status >= 500))).toEqual([]);
  expectNothingSaid();
});

it('IN4, AU1: of what fails, on every route and in every function', async () => {
  await spoilEverything();
  const from = parsedLines().length;
  const statuses = await callAll();
  expectALineEach(from, statuses);
  await letTimePass();
  const failed = [...statuses].filter(([, all]) => all.includes(500)).map(([id]) => id);
  expect(failed.length).toBeGreaterThan(20);
  const told = parsedLines();
  const failing = new Set(told.filter(({ level }) => level === 'ERROR').flatMap(({ routeKey }) => routeKey ?? []));
  expect(failing.size).toBe(failed.length);
  expect(told.some((line) => 'outboxId' in line)).toBe(true);
  const batches = told.filter(({ message }) => message === 'batch');
  expect(new Set(batches.map(({ trigger }) => trigger))).toEqual(new Set(['aws:dynamodb', 'Email Bounced', undefined]));
  expectNothingSaid();
});
