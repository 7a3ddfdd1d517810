import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../shared/openapi.ts';
import { type Contract, contractBreaks } from '../support/contract-breaks.ts';
import type { JsonSchema } from '../support/schema-arbitrary.ts';

/** Kept as it was released: `npm run openapi -- --released` writes it, and running that gives up the apps of last week. */
const released: Contract = JSON.parse(readFileSync('test/golden/contract/released.json', 'utf8'));
const present = openApiDocument() as unknown as Contract;

/** Addresses as the two apps write them, most with their method, which their typed clients hold against the contract. */
const ADDRESS = /['"`}](?:(GET|POST|PUT|PATCH|DELETE) )?(\/api\/[\w/{}.-]+)/g;

const sources = ['web/console', 'web/checkin'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8')),
);
const written = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(ADDRESS)].map(([, method = '', path = '']) => `${method} ${path}`.trim()),
  ),
);
const isUsed = (operation: string): boolean => written.has(operation) || written.has(operation.split(' ')[1] ?? '');

const operationsOf = ({ paths }: Contract): string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

describe('the apps of the first release', () => {
  it('are found to call what they call', () => {
    const used = operationsOf(present).filter(isUsed);
    expect(used.length).toBeGreaterThan(60);
    expect(used).toEqual(
      expect.arrayContaining([
        'GET /api/checkin/roster',
        'POST /api/checkin/scans',
        'POST /api/checkin/devices',
        'GET /api/checkin/search',
        'GET /api/console-config',
        'GET /api/organiser/events/{eventId}/people',
      ]),
    );
    const known = operationsOf(present);
    const unknown = [...written].filter((each) => !known.some((name) => name === each || name.endsWith(` ${each}`)));
    expect(unknown).toEqual([]);
  });

  /** Reviewed: what stops, and what an app of then that is open does. Each was called by it, so nothing is added lightly. */
  const GIVEN_UP = [
    // Lists and files are made of the people index, and nothing reads all registrations any more (RE11): a console of then says that its list
    // is not there, until its page is loaded again.
    'GET /api/organiser/events/{eventId}/registrations is gone',
    'GET /api/organiser/events/{eventId}/registrations.csv is gone',
  ];

  // Whatever they could call: what apps of today no longer do, those of then still may.
  it('work with the API of today, but for what was given up', () => {
    expect(operationsOf(released).filter(isUsed).length).toBeGreaterThan(60);
    expect(contractBreaks(released, present, () => true)).toEqual(GIVEN_UP);
  });

  it('would work with none whose answers lack a field, or whose operation is gone', () => {
    const changed = structuredClone(released);
    const mail = changed.components.schemas['RegistrationMail'] as { properties: Record<string, JsonSchema> };
    delete mail.properties['messages'];
    delete (changed.paths as Record<string, unknown>)['/api/checkin/scans'];
    expect(contractBreaks(released, changed, isUsed)).toEqual([
      'POST /api/checkin/scans is gone',
      'GET /api/organiser/events/{eventId}/registrations/{reference}/mail: answer.messages is gone',
    ]);
  });
});

describe('what breaks clients', () => {
  const text = { type: 'string' };
  const body: JsonSchema = {
    type: 'object',
    properties: { name: { ...text, maxLength: 50 }, kind: { ...text, enum: ['a', 'b'] }, note: text },
    required: ['name'],
    additionalProperties: false,
  };
  const answer: JsonSchema = {
    type: 'object',
    properties: {
      id: text,
      state: { ...text, enum: ['open', 'closed'] },
      many: { type: 'array', items: { type: 'integer' } },
    },
    required: ['id', 'state'],
    additionalProperties: false,
  };
  interface Parts {
    readonly body?: JsonSchema;
    readonly answer?: JsonSchema;
    readonly parameters?: NonNullable<Contract['paths'][string][string]['parameters']>;
    readonly problems?: string;
  }
  const contract = (parts: Parts = {}): Contract => ({
    paths: {
      '/a': {
        post: {
          parameters: parts.parameters ?? [],
          requestBody: { content: { 'application/json': { schema: parts.body ?? body } } },
          responses: {
            '200': { content: { 'application/json': { schema: parts.answer ?? answer } } },
            '409': { description: parts.problems ?? '`urn:plenary:problem:busy`, `urn:plenary:problem:gone`' },
          },
        },
      },
    },
    components: { schemas: {} },
  });
  const withBody = (changes: Partial<JsonSchema>): Parts => ({ body: { ...body, ...changes } });
  const withAnswer = (changes: Partial<JsonSchema>): Parts => ({ answer: { ...answer, ...changes } });
  const of = (schema: JsonSchema, changes: Record<string, JsonSchema>) => ({
    properties: { ...schema.properties, ...changes },
  });
  const { id: _, ...withoutId } = answer.properties ?? {};
  const { note: __, ...withoutNote } = body.properties ?? {};

  it.each<[string, Parts, string[]]>([
    ['nothing', {}, []],
    ['a field of the answer that is gone', withAnswer({ properties: withoutId }), ['answer.id is gone']],
    [
      'one that is called otherwise',
      withAnswer({ properties: { ...withoutId, key: text }, required: ['key', 'state'] }),
      ['answer.id is gone'],
    ],
    ['one that may be left out', withAnswer({ required: ['id'] }), ['answer.state may be left out now']],
    [
      'one of another type',
      withAnswer(of(answer, { id: { type: 'integer' } })),
      ['answer.id is integer, and was string'],
    ],
    [
      'one that may be nothing',
      withAnswer(of(answer, { id: { type: ['string', 'null'] } })),
      ['answer.id is string,null, and was string'],
    ],
    [
      'a list of something else',
      withAnswer(of(answer, { many: { type: 'array', items: text } })),
      ['answer.many[] is string, and was integer'],
    ],
    [
      'an enumeration that grew',
      withAnswer(of(answer, { state: { ...text, enum: ['open', 'closed', 'off'] } })),
      ['answer.state may be off, which clients do not know'],
    ],
    [
      'an enumeration that became any text',
      withAnswer(of(answer, { state: text })),
      ['answer.state may be more than open, closed'],
    ],
    [
      'a choice where there was none',
      withAnswer(of(answer, { id: { anyOf: [text, { type: 'integer' }] } })),
      ['answer.id may be something that it was not'],
    ],
    ['a field that is required', withBody({ required: ['name', 'kind'] }), ['body requires kind now']],
    [
      'a new one that is required',
      withBody({ ...of(body, { more: text }), required: ['name', 'more'] }),
      ['body requires more now'],
    ],
    ['a field that is not taken', withBody({ properties: withoutNote }), ['body does not take note any more']],
    [
      'a shorter text',
      withBody(of(body, { name: { ...text, maxLength: 10 } })),
      ['body.name has a narrower maxLength'],
    ],
    [
      'a limit where there was none',
      withBody(of(body, { note: { ...text, maxLength: 10 } })),
      ['body.note has a narrower maxLength'],
    ],
    ['a pattern', withBody(of(body, { note: { ...text, pattern: '^a' } })), ['body.note has a narrower pattern']],
    ['an option less', withBody(of(body, { kind: { ...text, enum: ['a'] } })), ['body.kind does not take b any more']],
    [
      'options where any text was taken',
      withBody(of(body, { note: { ...text, enum: ['a'] } })),
      ['body.note takes only a now'],
    ],
    [
      'a parameter that is required',
      { parameters: [{ name: 'q', in: 'query', required: true, schema: text }] },
      ['the parameter q is required now'],
    ],
    [
      'a problem that is gone',
      { problems: '`urn:plenary:problem:busy`' },
      ['the problem gone is not answered any more'],
    ],
  ])('is named: %s', (_name, parts, breaks) => {
    expect(contractBreaks(contract(), contract(parts), () => true)).toEqual(breaks.map((each) => `POST /a: ${each}`));
  });

  it.each<[string, Parts]>([
    ['a field more of the answer', withAnswer(of(answer, { more: text }))],
    ['an enumeration that shrank', withAnswer(of(answer, { state: { ...text, enum: ['open'] } }))],
    ['a field of the answer that is always there', withAnswer({ required: ['id', 'state', 'many'] })],
    ['a field more that may be sent', withBody(of(body, { more: text }))],
    ['a field that may be left out', withBody({ required: [] })],
    ['an option more', withBody(of(body, { kind: { ...text, enum: ['a', 'b', 'c'] } }))],
    ['nothing in place of a text', withBody(of(body, { note: { type: ['string', 'null'] } }))],
    ['a longer text', withBody(of(body, { name: text }))],
    [
      'another problem',
      { problems: '`urn:plenary:problem:busy`, `urn:plenary:problem:gone`, `urn:plenary:problem:new`' },
    ],
    ['a parameter that may be sent', { parameters: [{ name: 'q', in: 'query', schema: text }] }],
  ])('is not: %s', (_name, parts) => {
    expect(contractBreaks(contract(), contract(parts), () => true)).toEqual([]);
  });

  it('is not looked for where no client goes', () => {
    expect(contractBreaks(contract(), { ...contract(), paths: {} }, () => false)).toEqual([]);
  });

  it('is found in shapes that hold themselves, which are compared once', () => {
    const tree = (leaf: JsonSchema): Contract => ({
      ...contract({ answer: { $ref: '#/components/schemas/Tree' } }),
      components: {
        schemas: {
          Tree: {
            type: 'object',
            properties: { leaf, below: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    });
    expect(contractBreaks(tree(text), tree(text), () => true)).toEqual([]);
    expect(contractBreaks(tree(text), tree({ type: 'integer' }), () => true)).toEqual([
      'POST /a: answer.leaf is integer, and was string',
    ]);
  });
});
