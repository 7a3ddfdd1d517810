import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { type Call, postForm, postJson, postUpload } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { watchTables } from '../support/registry.ts';
import { sampleOf } from '../support/schema-sample.ts';
import { callAsHolder as ask, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

/*
 * What is malformed, sent to every route by callers who may call it, with links that work and to people who are there: it gets as far
 * as anything malformed can. Requests of strangers, and keys that nobody asked for, are in `strangers.test.ts`.
 */

const RUNS = 40;
const ALL = Object.entries<Route>(ROUTES).map(([id, route]) => ({ id: id as RouteId, route }));

let parts: Parts;
let event: WholeEvent;
let tables: Awaited<ReturnType<typeof watchTables>>;
beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, 'fuzz');
  tables = await watchTables(parts);
});
afterAll(() => parts?.stop());

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'x\u0000y',
  'ក',
  '\u202e',
];
const LONG = 'x'.repeat(3000);

/** Values of which no field takes more than one kind. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, [], {}, [[]], { a: 1 }, -1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [null], [{}]),
  fc.constantFrom<unknown>(...NAMES, LONG, '\ud800', '-1e999'),
  fc.constantFrom(...NAMES).map((name) => JSON.parse(`{${JSON.stringify(name)}:{"polluted":true}}`)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Texts that are no body of any route. */
const broken = fc.constantFrom(
  '',
  '{',
  'null',
  '"x"',
  '[]',
  '[{}]',
  '1e999',
  '\uFEFF[]',
  '{"a":1,"a":2}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
  `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
);

/** A body as asked for, but for one place; a key that nobody asked for sees to it that it is never taken. */
const spoiled = (good: unknown) =>
  fc.tuple(fc.constantFrom(...placesIn(good)), wrong).map(([place, value]) => ({
    ...(replaced(good, place, value) as object),
    stranger: true,
  }));

function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]));
  return path.length === 0 ? [['stranger'], ...inside] : [path, ...inside];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [name]: replaced((value as Record<string, unknown>)?.[name], rest, by) });
}

const fields = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom('action', 'press', 'email', 'what', 'days', 'answers', 'answers.food', 'consents', 'language'),
        fc.constantFrom('rows.0.fullName', 'rows.999999999.email', 'rows.-1.email', 'rows.1e9.email', 'rows', 'rows..'),
        fc.constantFrom(...NAMES).map((name) => `answers.${name}`),
        fc.constantFrom(...NAMES).map((name) => `consents.${name}.${name}`),
        fc.constant('a.'.repeat(2000)),
        fc.string({ maxLength: 20 }),
      ),
      fc.oneof(fc.constantFrom(...NAMES, LONG, 'agree', 'keep', 'cancel', 'register'), fc.string({ maxLength: 40 })),
    ),
    { maxLength: 12 },
  )
  .map((sent): [string, string][] => [...sent, ['stranger', 'x']]);

const jsonRoutes = ALL.filter(({ route }) => route.bodyFormat === 'json');
const formRoutes = ALL.filter(({ route }) => route.bodyFormat === 'form' || route.bodyFormat === 'upload');

describe('AB1, AB12: a body that is malformed', () => {
  it.each(jsonRoutes)('is refused by $id, and changes nothing', async ({ id, route: { body } }) => {
    const good = body && sampleOf(body);
    const bodies = fc.oneof(
      broken,
      spoiled(good).map((each) => JSON.stringify(each)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (text) => {
        const { headers, params } = event.callOf(id);
        const { statusCode = 0 } = await ask(id, { params: params ?? {}, ...postJson(text, headers) });
        expect([statusCode >= 400, statusCode < 500]).toEqual([true, true]);
      }),
      { numRuns: RUNS },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await tables.expectUnchanged();
  });

  it.each(formRoutes)('is refused by $id, and changes nothing', async ({ id, route: { bodyFormat } }) => {
    await fc.assert(
      fc.asyncProperty(fields, async (sent) => {
        const what = bodyFormat === 'upload' ? await postUpload(sent) : postForm(sent);
        const { statusCode = 0 } = await ask(id, { ...event.callOf(id), ...what });
        expect([statusCode >= 400, statusCode < 500]).toEqual([true, true]);
      }),
      { numRuns: RUNS },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await tables.expectUnchanged();
  });
});

describe('AB1: an address of nothing', () => {
  const odd = fc.oneof(
    fc.constantFrom(...NAMES, LONG, '', '..', '%', '#', 'a#b', 'EVENT#x', '\ud800', '7K3M9QX2AB', 'x.y.z', '...'),
    fc.string({ maxLength: 60 }),
  );
  const named = ALL.filter(({ route }) => route.params !== undefined || route.headers?.shape['authorization']);

  it.each(named)('is not found by $id, and changes nothing', async ({ id, route: { params = {}, body } }) => {
    const names = 'shape' in params ? Object.keys(params.shape) : [];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...(names.length > 0 ? names : [''])), odd, async (name, value) => {
        const there = event.callOf(id);
        const where: Call =
          name === ''
            ? { headers: { authorization: `Bearer ${value}` } }
            : { ...there, params: { ...there.params, [name]: value } };
        const what = body ? postJson('{}', where.headers) : {};
        const { statusCode = 0 } = await ask(id, { ...where, ...what });
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: RUNS },
    );
    await tables.expectUnchanged();
  });
});
