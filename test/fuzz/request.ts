import fc from 'fast-check';
import { CONTENT_TYPE } from '../../shared/kernel/http/body.ts';
import { pathPattern } from '../../shared/kernel/http/find-route.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { type Call, postForm, postJson, postUpload } from '../support/call.ts';
import { OPERATIONS, queryOf, schemaOf } from '../support/documented.ts';
import { scanId } from '../support/phone.ts';
import { arbitraryOf, type JsonSchema } from '../support/schema-arbitrary.ts';
import { callAsHolder } from '../support/whole-event.ts';
import type { Chance } from './chance.ts';
import { filledIn, formsIn } from './forms.ts';
import { KNOWN, type Now, TAKEN, TAKEN_FIELDS } from './taken.ts';

const operationOf = new Map(OPERATIONS.map((each) => [each.operationId, each]));

const arbitraries = new Map<JsonSchema, fc.Arbitrary<unknown>>();
function sample(schema: JsonSchema, chance: Chance): unknown {
  const arbitrary = arbitraries.get(schema) ?? arbitraryOf(schema, schemaOf);
  arbitraries.set(schema, arbitrary);
  return fc.sample(arbitrary, { numRuns: 1, seed: chance.below(2 ** 31) })[0];
}

/** Anything that a schema allows, in most of all cases with what is there. */
async function drawn(schema: JsonSchema | undefined, now: Now, chance: Chance): Promise<unknown> {
  const known = async (value: unknown, name = ''): Promise<unknown> => {
    const own = chance.is(0.9) ? await KNOWN[name]?.(now, chance) : undefined;
    if (typeof own === typeof value && Array.isArray(own) === Array.isArray(value)) return own;
    if (value === 'a name') return chance.text();
    if (typeof value !== 'object' || value === null) return value;
    const inside: [string, unknown][] = [];
    for (const [key, each] of Object.entries(value))
      inside.push([key, await known(each, Array.isArray(value) ? '' : key)]);
    return Array.isArray(value) ? inside.map(([, each]) => each) : Object.fromEntries(inside);
  };
  return schema && known(sample(schema, chance));
}

/** A request that the contract allows, of a caller who may make it: about who is there in most of all cases, as it is taken in many. */
export async function drawRequest(id: RouteId, world: Omit<Now, 'id' | 'params'>, chance: Chance): Promise<Call> {
  const route: Route = ROUTES[id];
  const there = world.event.callOf(id);
  const params = { ...there.params, ...(await otherParams(route, there.params ?? {}, world, chance)) };
  const authorization = there.headers?.['authorization'] && `Bearer ${params['token']}`;
  const headers = { ...there.headers, ...(authorization && { authorization }) };
  const now: Now = { ...world, id, params };
  const call: Call = { params, headers, query: { ...there.query, ...(await query(now, chance)) } };
  const { content = {} } = operationOf.get(id)?.requestBody ?? {};
  switch (route.bodyFormat) {
    case undefined:
      return call;
    case 'json':
      return { ...call, ...postJson(await jsonBody(content[CONTENT_TYPE.json]?.schema, now, chance), headers) };
    default: {
      const typed = await TAKEN_FIELDS[id]?.(now, chance);
      const shown = typed && chance.is(0.6) ? typed : await fromPage(route, call, chance, world.number);
      const fields = shown ?? fieldsOf((await drawn(content[CONTENT_TYPE.form]?.schema, now, chance)) ?? {});
      return { ...call, ...(route.bodyFormat === 'upload' ? await postUpload(fields) : postForm(fields, headers)) };
    }
  }
}

/** Others than those that the route finds what it is about by: somebody else's, or nobody's. */
async function otherParams(
  { auth, path }: Route,
  given: Call['params'] = {},
  { event, people }: Omit<Now, 'id' | 'params'>,
  chance: Chance,
) {
  const { secrets } = event.deps;
  const mine = people.find(({ reference }) => given['token']?.split('.')[1] === reference);
  const one = chance.is(0.5) ? chance.of(...people) : mine;
  const young = people.filter(({ minor }) => minor !== undefined);
  const other = Object.keys(given).filter((name) => path.includes(`{${name}}`) && chance.is(0.15));
  const ids = other.flatMap((name) => (OTHER[name] ? [[name, chance.of(...OTHER[name], scanId())]] : []));
  return {
    ...Object.fromEntries(ids),
    ...(path.includes('{reference}') && chance.is(0.5) && { reference: chance.of(...people).reference }),
    ...(auth === 'registration' && one && { token: await manageToken(one, secrets) }),
    ...(auth === 'guardian' &&
      young.length > 0 &&
      chance.is(0.7) && { token: await consentToken(chance.of(...young), secrets) }),
    ...(auth === 'coordinator' && { token: await event.token().catch(() => given['token'] ?? '') }),
  };
}

const OTHER: Readonly<Record<string, readonly string[]>> = {
  reference: ['7K3M9QX2AB'],
  ...{ listId: ['day-1'], formId: ['opening'], form: ['opening'], sessionId: ['lunch'], quotaId: ['online'] },
  ...{ tagId: ['b2345678'], noteId: ['b2345678'], viewId: ['b2345678'] },
  ...{ messageId: [], bulkId: [], handOverId: [], ticket: [], deviceId: [], member: [] },
};

async function query(now: Now, chance: Chance): Promise<Record<string, string>> {
  const asked: Record<string, string> = {};
  const operation = operationOf.get(now.id);
  for (const { name, schema } of operation ? queryOf(operation) : [])
    if (chance.is(0.5)) asked[name] = wellFormed(String(await drawn(schema, now, chance)));
  return asked;
}

/** What addresses and forms make of half a character. */
const wellFormed = (text: string): string => String(Buffer.from(text));

async function jsonBody(schema: JsonSchema | undefined, now: Now, chance: Chance): Promise<object> {
  const any = ((await drawn(schema, now, chance)) ?? {}) as Record<string, unknown>;
  const { definition } = any;
  if (definition && chance.is(0.8)) return { ...any, definition: await otherField(definition, schema, now, chance) };
  const taken = chance.is(0.8) ? await TAKEN[now.id]?.(now, chance) : undefined;
  if (taken === undefined) return any;
  const names = Object.keys(any).filter(() => chance.is(0.1));
  return { ...taken, ...Object.fromEntries(names.map((name) => [name, any[name]])) };
}

/** A definition with one field that is another which its schema allows. */
async function otherField(definition: object, body: JsonSchema | undefined, now: Now, chance: Chance): Promise<object> {
  const known = (schema: JsonSchema = {}): JsonSchema => (schema.$ref ? known(schemaOf(schema.$ref)) : schema);
  const fields = Object.entries(known(known(body).properties?.['definition']).properties ?? {});
  if (fields.length === 0) return definition;
  const [name, schema] = chance.of(...fields);
  return { ...definition, [name]: await drawn(schema, now, chance) };
}

const fieldsOf = (sent: object): [string, string][] =>
  Object.entries(sent).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, wellFormed(String(value))]),
  );

const PAGES = Object.entries<Route>(ROUTES).flatMap(([id, { kind, method, path }]) =>
  kind === 'page' && method === 'GET' ? [{ id: id as RouteId, path }] : [],
);

/** Fields of a form that stands on a page of ours and is sent to the route; nothing where none does at the moment. */
async function fromPage({ path }: Route, { body: _, ...there }: Call, chance: Chance, number: number) {
  const isNear = (page: string) => page.split('/')[1] === path.split('/')[1];
  const near = PAGES.filter((page) => isNear(page.path)).sort(
    (one, other) => Number(other.path === path) - Number(one.path === path),
  );
  for (const page of near.slice(0, 4)) {
    const { body: html = '' } = await callAsHolder(page.id, { ...there, query: {} });
    const [form, ...others] = formsIn(html).filter(({ action }) =>
      action === '' ? page.path === path : pathPattern(path).match(new URL(action, 'https://forum.test').pathname),
    );
    if (form)
      return filledIn(chance.of(form, ...others), chance, number).map(([name, value]): [string, string] => [
        name,
        wellFormed(value),
      ]);
  }
  return undefined;
}
