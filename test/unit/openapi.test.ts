import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { compile } from 'json-schema-to-typescript';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../shared/kernel/http/problem.schema.ts';
import { type Route, WORKBOOK } from '../../shared/kernel/route.ts';
import { openApiDocument } from '../../shared/openapi.ts';
import { type Node, shareParts, shareSchemas, type Tree } from '../../shared/openapi-share.ts';
import { CREDENTIALS } from '../../shared/openapi-words.ts';
import { ROUTES } from '../../shared/routes.ts';

const isTree = (node: Node): node is Tree => typeof node === 'object' && node !== null && !Array.isArray(node);

/** Objects, enumerations and choices that stand in a document more than once, without a name: where. */
function repeatedSchemas(document: Tree): string[][] {
  const places = new Map<string, string[]>();
  const inOrder = (name: string, value: Node): Node =>
    Array.isArray(value) && name === 'required'
      ? value.toSorted()
      : isTree(value)
        ? Object.fromEntries(Object.entries(value).sort())
        : value;
  const visit = (node: Node, place: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, enum: values, oneOf, anyOf, properties, additionalProperties } = isTree(node) ? node : {};
    const isObject = type === 'object' && [properties, additionalProperties].some((each) => isTree(each ?? null));
    if (values !== undefined || Array.isArray(oneOf) || Array.isArray(anyOf) || isObject) {
      const look = JSON.stringify(node, inOrder);
      places.set(look, [...(places.get(look) ?? []), place]);
    }
    for (const [name, part] of Object.entries(node)) visit(part, `${place}/${name}`);
  };
  visit(document, '');
  return [...places.values()].filter((all) => all.length > 1);
}

const document = openApiDocument();
const file = readFileSync('docs/openapi.json', 'utf8');
const routes = Object.entries<Route>(ROUTES);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}
interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { schema?: Tree }>>;
}
interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Tree }>> };
  readonly responses: Readonly<Record<string, Response>>;
}
const components = document['components'] as unknown as Record<string, Record<string, Tree>>;
const schemas = components['schemas'] ?? {};

/** With what it refers to in its place. */
function resolved<T>(node: unknown): T {
  const reference = (node as { $ref?: string }).$ref;
  if (reference === undefined) return node as T;
  const [, , kind = '', name = ''] = reference.split('/');
  return components[kind]?.[name] as T;
}

const operations = new Map(
  Object.values(document['paths'] as unknown as Record<string, Record<string, Operation>>)
    .flatMap((methods) => Object.values(methods))
    .map((operation) => [
      operation.operationId,
      {
        ...operation,
        parameters: (operation.parameters ?? []).map((each) => resolved<Parameter>(each)),
        responses: Object.fromEntries(
          Object.entries(operation.responses).map(([status, each]) => [status, resolved<Response>(each)]),
        ),
      },
    ]),
);
const operationOf = (id: string): Operation => {
  const found = operations.get(id);
  if (found === undefined) throw new Error(`there is no operation ${id}`);
  return found;
};

it('docs/openapi.json is what the contract says: `npm run openapi` writes it anew', () => {
  expect(JSON.parse(file)).toEqual(document);
});

it('is an OpenAPI 3.1 document, by a validator that is not ours', async () => {
  expect(document['openapi']).toMatch(/^3\.1\./);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(file));
  expect([valid, errors]).toEqual([true, undefined]);
  expect(validator.version).toBe('3.1');
});

it('describes every route of the contract and nothing else', () => {
  const described = Object.entries(document['paths'] as Tree).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(routes.map(([, { method, path }]) => `${method} ${path}`).sort());
});

it('bodies and answers of JSON routes allow no undeclared field', () => {
  const open = Object.entries(schemas).filter(
    ([, schema]) => schema['properties'] && schema['additionalProperties'] !== false,
  );
  expect(open).toEqual([]);
});

describe('a client', () => {
  it('finds the document short enough to be read', () => {
    expect(file.split('\n').length).toBeLessThan(12_950);
  });

  it('meets no shape twice without a name', () => {
    expect(repeatedSchemas(document)).toEqual([]);
  });

  it('has a name for every body and answer in JSON', () => {
    const inJson = [...operations.values()].flatMap(({ operationId, requestBody, responses }) => [
      ...(requestBody?.content['application/json']
        ? [[`${operationId} body`, requestBody.content['application/json']] as const]
        : []),
      ...Object.entries(responses).flatMap(([status, { content }]) =>
        Number(status) < 300 && content?.['application/json']
          ? [[`${operationId} ${status}`, content['application/json']] as const]
          : [],
      ),
    ]);
    expect(inJson.length).toBeGreaterThan(100);
    expect(inJson.filter(([, { schema }]) => schema?.['$ref'] === undefined).map(([place]) => place)).toEqual([]);
  });

  it('gets types with these names, and none that a generator had to number', async () => {
    const definitions = JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/definitions/'));
    const code = await compile({ title: 'Everything', definitions }, 'Everything', {
      unreachableDefinitions: true,
      format: false,
      bannerComment: '',
    });
    const types = [...code.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
    expect(types).toEqual(expect.arrayContaining(Object.keys(schemas)));
    expect(types.filter((name) => /\d$/.test(name ?? ''))).toEqual([]);
    expect(code).toMatch(/interface PeoplePage \{\s+people:/);
  });

  it('names nothing by a number', () => {
    expect(Object.keys(schemas).filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
  });
});

describe('every operation', () => {
  it.each(routes)('%s says by what it is opened, in a header or in its path', (id, route) => {
    const { security, parameters } = operationOf(id);
    const token = parameters.find(({ name, in: place }) => name === 'token' && place === 'path');
    if (route.auth === 'public') expect([security, token]).toEqual([undefined, undefined]);
    else if (route.path.includes('{token}')) expect(token?.description).toBe(CREDENTIALS[route.auth]);
    else expect(security).toEqual([{ [route.auth]: [] }]);
  });

  it.each(routes)('%s describes its parameters, and requires those of its path', (id, { path }) => {
    const { parameters } = operationOf(id);
    const inPath = parameters.filter((each) => each.in === 'path');
    expect(inPath.map(({ name }) => name).sort()).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    );
    expect(inPath.every(({ required }) => required)).toBe(true);
    expect(parameters.filter(({ description = '' }) => description.length < 10)).toEqual([]);
  });

  it.each(routes)('%s says as what it answers', (id, { kind }) => {
    const ofKind = {
      json: 'application/json',
      csv: 'text/csv',
      page: 'text/html',
      pdf: 'application/pdf',
      workbook: WORKBOOK,
      calendar: 'text/calendar',
    };
    const type = ofKind[kind];
    const { responses } = operationOf(id);
    for (const [status, { content, description }] of Object.entries(responses)) {
      expect(description).not.toBe('');
      if (status.startsWith('2')) expect(Object.keys(content ?? {})).toEqual([type]);
      else if (status.startsWith('3')) expect(content).toBeUndefined();
      else if (status !== '401' || !kind.match(/json|csv/))
        expect(Object.keys(content ?? {})).toEqual([
          kind.match(/page|pdf|workbook|calendar/) ? 'text/html' : 'application/problem+json',
        ]);
    }
  });

  it.each(routes.filter(([, { auth }]) => auth !== 'public'))(
    '%s says that it refuses who does not hold it',
    (id, route) => {
      const { responses } = operationOf(id);
      const refused = route.auth === 'unconfirmed' ? '404' : '401';
      expect(Object.keys(responses)).toContain(refused);
      if (route.auth === 'organiser' && route.ticks !== 'signed-in') expect(Object.keys(responses)).toContain('403');
    },
  );

  it('names each problem under its status', () => {
    for (const [id, { errors }] of routes) {
      const { responses } = operationOf(id);
      for (const type of errors)
        expect(responses[PROBLEMS[type]]?.description).toContain(`\`urn:plenary:problem:${type}\``);
    }
  });
});

describe('shapes that are shared', () => {
  const operation = (operationId: string, schema: Tree, parameters: readonly Tree[] = []): Tree => ({
    get: { operationId, parameters, responses: { '200': { content: { 'application/json': { schema } } } } },
  });
  const place = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
  const list = { type: 'object', properties: { places: { type: 'array', items: place } } };
  const both: Tree = { paths: { '/a': operation('a', list), '/b': operation('b', place) } };

  it('are found wherever they stand, also in one another', () => {
    expect(repeatedSchemas(both)).toHaveLength(1);
    const named = shareSchemas(both, { List: 'a 200', Place: 'List places []' });
    expect(repeatedSchemas(named)).toEqual([]);
    expect(named['components']).toEqual({
      schemas: {
        List: {
          type: 'object',
          properties: { places: { type: 'array', items: { $ref: '#/components/schemas/Place' } } },
        },
        Place: place,
      },
    });
    expect(JSON.stringify(named['paths'])).toContain('"schema":{"$ref":"#/components/schemas/Place"}');
  });

  it('have one name, and a place', () => {
    expect(() => shareSchemas(both, { Place: 'b 200', Again: 'a 200 places []' })).toThrow('is Place already');
    expect(() => shareSchemas(both, { Place: 'b 200 nothing' })).toThrow('there is no schema at "b 200 nothing"');
  });

  it('keep apart what differs', () => {
    const parameter = (schema: Tree): Tree => ({ name: 'id', in: 'path', schema });
    const twice = (schema: Tree, path: string): Tree => ({
      [`${path}1`]: operation(`${path}1`, place, [parameter(schema)]),
      [`${path}2`]: operation(`${path}2`, place, [parameter(schema)]),
    });
    const paths = { ...twice({ type: 'string' }, '/s'), ...twice({ type: 'integer' }, '/n') };
    expect(() => shareParts({ paths }, 'parameters', ({ name }) => String(name))).toThrow(
      'two parameters are called id',
    );
  });
});
