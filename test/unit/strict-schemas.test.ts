import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sentScan } from '../../shared/checkin/scan/scans.schema.ts';
import { authoredEvent, storedEvent } from '../../shared/event/definition/event-definition.schema.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { definitionOf, openPlaces } from '../support/schema-tree.ts';

/** Lists whose members are parsed one by one, so that one that is spoiled harms no other (CI6). */
const PARSED_ONE_BY_ONE = ['postScans', 'bringHandOver'];
/** A whole definition, which is parsed where it is checked, and as it was published where it is told. */
const DEFINED = ['checkDefinition', 'replaceDefinition', 'getDefinition 200'];
const openIn = (id: string): readonly string[] => {
  if (DEFINED.includes(id)) return ['.definition[]: unknown'];
  return PARSED_ONE_BY_ONE.includes(id) ? ['.scans[]: unknown'] : [];
};

const routes = Object.entries<Route>(ROUTES);
const bodies = routes.flatMap(([id, { body }]) => (body ? [[id, body] as const] : []));
const answers = routes.flatMap(([id, { output = {} }]) =>
  Object.entries(output).map(([status, schema]) => [`${id} ${status}`, schema] as const),
);
/** What API Gateway took apart: names beyond these are left out, for browsers and proxies add their own. */
const taken = routes.flatMap(([id, { params, query, headers }]) =>
  Object.entries({ params, query, headers }).flatMap(([part, schema]) =>
    schema ? [[`${id} ${part}`, schema] as const] : [],
  ),
);

describe('AB1: schemas are strict everywhere', () => {
  it.each(bodies)('the body of %s takes nothing that is not named', (id, schema) => {
    expect(openPlaces(schema)).toEqual(openIn(id));
  });

  it('nor does a scan of a batch, in which each is parsed by itself', () => {
    expect(openPlaces(sentScan)).toEqual([]);
  });

  it('nor does the definition of an event', () => {
    expect([...openPlaces(authoredEvent), ...openPlaces(storedEvent)]).toEqual([]);
  });

  it.each(answers)('the answer of %s lets nothing out that is not named', (id, schema) => {
    const open = openPlaces(schema).filter((place) => !place.endsWith(': object'));
    expect(open).toEqual(openIn(id));
  });

  it.each(taken)('the %s are passed on by name only', (_, schema) => {
    expect(definitionOf(schema).catchall).toBeUndefined();
    const known = Object.keys(schema.shape);
    const filled = Object.fromEntries([...known, 'stranger'].map((name) => [name, 'twelve bytes']));
    const parsed = schema.safeParse(filled);
    if (parsed.success) expect(Object.keys(parsed.data).sort()).toEqual(known.sort());
  });

  it('every route that takes a body names its format and limit, and no other does', () => {
    for (const [, { body, bodyFormat, bodyLimit, method }] of routes) {
      expect([bodyFormat !== undefined, bodyLimit !== undefined]).toEqual([body !== undefined, body !== undefined]);
      if (method === 'GET') expect(body).toBeUndefined();
    }
  });

  it('would see a schema that is open, however deep', () => {
    const open = z.lazy(() =>
      z.strictObject({
        list: z.array(z.union([z.string(), z.object({ a: z.string() })])).optional(),
        map: z.record(z.string(), z.looseObject({})),
        any: z.strictObject({ thing: z.unknown() }),
      }),
    );
    expect(openPlaces(open)).toEqual(['.list[]: object', '.map[]: object', '.any.thing: unknown']);
  });
});
