import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { type Call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { watchTables } from '../support/registry.ts';
import { sampleOf } from '../support/schema-sample.ts';
import { callAsHolder, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';
import { youngFields } from '../support/young.ts';

let parts: Parts;
/** What people hold in it: a body is looked at for nobody else. */
let held: WholeEvent;
let tables: Awaited<ReturnType<typeof watchTables>>;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  held = await openWholeEvent(parts, 'strangers');
  tables = await watchTables(parts);
});
afterAll(() => parts?.stop());

const params = { eventId: 'asean-ict-forum' };
/**
 * By chance on each route, besides what is tried in every place: `strict-schemas.test.ts` shows of all places of every schema that they take
 * nothing else, and one code puts each schema to its route.
 */
const RUNS = 10;

/** A call with this body by a caller who may make it. */
function callWith(id: RouteId, what: Call) {
  const there = held.callOf(id);
  const isOpen = ROUTES[id].auth === 'public';
  const about = isOpen ? { ...there.params, ...params } : there.params;
  return callAsHolder(id, { params: about ?? {}, ...what, headers: { ...there.headers, ...what.headers } });
}

/** Bodies that would be taken as they are, where a schema alone does not say what these are. */
const GOOD: Partial<Record<RouteId, unknown>> = {
  submitRegistration: submission({ answers: {} }),
  recoverLink: { email: 'someone@example.org' },
  postForm: grouped(formFields()),
  postYoungForm: grouped(youngFields()),
  postDelegationStart: { email: ['someone@example.org'], language: ['en'] },
  postFind: { email: ['someone@example.org'] },
  postReport: { what: ['Something worries me.'] },
};

const withBody = Object.entries<Route>(ROUTES).flatMap(([id, { body, bodyFormat }]) =>
  body ? [{ id: id as RouteId, format: bodyFormat, good: GOOD[id as RouteId] ?? sampleOf(body) }] : [],
);

/** Keys that JavaScript has a meaning for. */
const MEANING = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'admin'];
const stranger = fc.oneof(
  fc.constantFrom(...MEANING),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => `x${text}`),
);
const anything = fc.oneof(
  fc.constant('x'),
  fc.constant({ polluted: true }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);

it.each(withBody)(
  'AB1, AB12: $id refuses whatever it did not ask for, and stores nothing',
  async ({ id, format, good }) => {
    const sent = (what: Call) => callWith(id, what);
    const places = format === 'json' ? objectsIn(good) : [[], ['answers'], ['consents']];
    const examples = places.flatMap((path) =>
      MEANING.map((key): [string[], string, unknown] => [path, key, { polluted: true }]),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), stranger, anything, async (path, key, value) => {
        const answer = await sent(
          format === 'json'
            ? postJson(withStranger(good, path, key, value))
            : postForm([...fieldsOf(good), [[...path, key].join('.'), JSON.stringify(value)]]),
        );
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: examples.length + RUNS, examples },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await tables.expectUnchanged();
  },
);

/** Who names nothing changes nothing, and is told how it stands. */
const NOTHING_TO_DO: readonly RouteId[] = ['amendRegistration', 'changeTags', 'writeView'];

it.each(withBody)('AB1: $id refuses whatever has another shape than it asked for', async ({ id, format }) => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      fc.pre(!(NOTHING_TO_DO.includes(id) && isEmpty(value)));
      const what = format === 'json' ? postJson(JSON.stringify(value)) : postForm([['fields', JSON.stringify(value)]]);
      const { statusCode = 0 } = await callWith(id, what);
      expect([statusCode >= 400, statusCode < 500]).toEqual([true, true]);
    }),
    { numRuns: RUNS },
  );
  await tables.expectUnchanged();
});

/** A change of nothing is one. */
const isEmpty = (value: unknown): boolean => JSON.stringify(value) === '{}';

it.each(withBody.filter(({ id }) => GOOD[id]))(
  '$id takes the same without the stranger',
  async ({ id, format, good }) => {
    const what = format === 'json' ? postJson(good) : postForm(fieldsOf(good));
    expect([202, 303]).toContain((await callWith(id, what)).statusCode);
  },
);

/** Where the objects are in a body: `[[], ['answers'], ['consents']]`. */
function objectsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...path, key]));
  return Array.isArray(value) ? inside : [path, ...inside];
}

/** The text of a body with one more key in one of its objects; also `__proto__`, which no literal can hold. */
function withStranger(body: unknown, path: readonly string[], key: string, value: unknown): string {
  const [next, ...rest] = path;
  if (typeof body !== 'object' || body === null) throw new Error(`no object at ${next}`);
  if (next === undefined) {
    const entry = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    const own = JSON.stringify(body).slice(1);
    return own === '}' ? `{${entry}}` : `{${entry},${own}`;
  }
  const entries = Object.entries(body).map(([name, each]) => {
    const text = name === next ? withStranger(each, rest, key, value) : JSON.stringify(each);
    return Array.isArray(body) ? text : `${JSON.stringify(name)}:${text}`;
  });
  return Array.isArray(body) ? `[${entries.join(',')}]` : `{${entries.join(',')}}`;
}

const fieldsOf = (body: unknown): [string, string][] =>
  Object.entries(body as Record<string, string[]>).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );

function grouped(fields: readonly [string, string][]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of fields) groups[name] = [...(groups[name] ?? []), value];
  return groups;
}
