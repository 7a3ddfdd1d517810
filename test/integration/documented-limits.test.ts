import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONTENT_TYPE } from '../../shared/kernel/http/body.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { LIMITS } from '../../shared/openapi-words.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { type Call, postForm, postJson } from '../support/call.ts';
import { type DocumentedOperation, OPERATIONS, queryOf, schemaOf } from '../support/documented.ts';
import { blind, type Proof } from '../support/feedback-browser.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { arbitraryOf, type JsonSchema } from '../support/schema-arbitrary.ts';
import { grantTeam } from '../support/team.ts';
import { callAsHolder, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';
import { signedForm, youngSubmission } from '../support/young.ts';

/*
 * What the document allows, sent to every operation that programs call: whatever one refuses all the same, it says, and whatever it says
 * it refuses, it does. Requests are the same each time, and what ends something comes after all that needs it.
 */

const RUNS = 8;
const SEED = 13;
const routeOf = ({ operationId }: DocumentedOperation): Route => ROUTES[operationId];

/** What closes or ends what others need: these come last. */
const ENDING: readonly RouteId[] = ['changeRegistrationWindow', 'changeEventStatus'];
const placeOf = (operation: DocumentedOperation): number =>
  routeOf(operation).method === 'DELETE' ? 1 : 2 * (1 + ENDING.indexOf(operation.operationId));
const forPrograms = OPERATIONS.filter((operation) => ['json', 'csv'].includes(routeOf(operation).kind)).sort(
  (one, other) => placeOf(one) - placeOf(other),
);
const FORM = CONTENT_TYPE.form;
const forms = OPERATIONS.filter((operation) => routeOf(operation).bodyFormat === 'form');

const IN_PERSON = 'in-person-only';
let parts: Parts;
let event: WholeEvent;
let proof: Proof;
beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, 'limits');
  proof = await feedbackProof();
  // Events online move there.
  const { modes, quotas } = forum();
  await parts.publish(
    forum({
      id: IN_PERSON,
      modes: modes.filter(({ id }) => id === 'in-person'),
      quotas: quotas.filter(({ id }) => id !== 'online'),
    }),
  );
  await grantTeam(parts, IN_PERSON);
});
afterAll(() => parts?.stop());

/** What an operation answers to a body, with what is there. */
async function ask(id: RouteId, body?: unknown, params: Record<string, string> = {}) {
  const there = { ...event.callOf(id), params: { ...event.callOf(id).params, ...params } };
  const answer = await callAsHolder(id, { ...there, ...(body !== undefined && postJson(body, there.headers)) });
  return JSON.parse(answer.body ?? '');
}

/** Of someone who came: without one no answer is looked at. */
async function feedbackProof(): Promise<Proof> {
  const pass = await ask('makeFeedbackPass');
  const { message, blinded, finish } = await blind(pass);
  const { signature } = await ask('issueFeedbackToken', { blinded });
  return {
    token: Buffer.from(message).toString('base64url'),
    signature: await finish(signature),
    ...pass.labels,
  };
}

const LONG = 'x'.repeat(200);
const NAMES = { honorific: LONG, fullName: LONG, badgeName: LONG, nativeName: LONG, position: LONG };
const FIELDS = {
  ...NAMES,
  ...{ organisation: LONG, country: 'QQ', category: 'stranger', mode: 'stranger', days: ['stranger'] },
};
const CHOSEN = { sessions: ['stranger'], language: 'xx', answers: { stranger: 'x' }, consents: { stranger: 'x' } };
const { honorific: _, ...CALLED } = submission();
const LATER = '2999-01-01';
const EARLIER = '2000-01-01T00:00:00Z';
const LIST = { place: { kind: 'event' }, modes: ['in-person'], signedUpOnly: false };
const WORDS = { en: { subject: 'x'.repeat(151), text: 'x'.repeat(5001) } };
const NOTHING_READABLE = { entries: 1, isLast: false, scans: [{}] };

interface Wrong {
  readonly body?: unknown;
  readonly query?: Record<string, string>;
  readonly params?: Record<string, string>;
}

const WRONG_BOARD: readonly Wrong[] = [{ query: { day: 'stranger' } }, { query: { list: 'event', day: 'stranger' } }];

/** @param sent beside what is to change */
async function wrongForHolder(sent: object): Promise<readonly Wrong[]> {
  const { revision } = await ask('showOrganiserRegistration');
  const { consents: _, ...chosen } = CHOSEN;
  const wrong = [{ ...FIELDS, ...chosen }, { closedSessions: true }, { withdrawn: ['stranger'] }];
  return wrong.map((each) => ({ body: { ...each, ...sent, revision } }));
}

async function wrongDefinitions(): Promise<readonly Wrong[]> {
  const { version, definition } = await ask('getDefinition');
  const { safeguarding } = definition;
  const wrong = [
    { id: 'stranger', status: 'cancelled' },
    { safeguarding: { ...safeguarding, email: 'own@reader.test', deputy: { ...safeguarding.deputy, name: WORDS } } },
  ];
  return wrong.map((each) => ({ body: { version, definition: { ...definition, ...each } } }));
}

/** What chance does not meet for certain: of each operation, requests in which one thing is wrong, or all that is looked at together. */
const WRONG: { readonly [Id in RouteId]?: () => Promise<readonly Wrong[]> | readonly Wrong[] } = {
  submitRegistration: () => [
    { body: submission({ email: 'x', ...FIELDS, ...CHOSEN }) },
    { body: submission({ closedSessions: true }) },
    { body: submission({ invitation: 'stranger' }) },
    { body: youngSubmission({ name: LONG, guardian: { name: 'x', email: 'a@example.org', onPaper: true } }) },
  ],
  recoverLink: () => [{ body: { email: 'x' } }],
  amendRegistration: () => [{ body: { ...FIELDS, ...CHOSEN } }, { body: { closedSessions: true } }],
  replaceNeeds: () => [{ body: { answers: { stranger: 'x' } } }],
  addNeeds: () => [{ body: { answers: { stranger: 'x' } } }],
  giveConsent: () => [
    { body: { action: 'agree', consents: { stranger: 'x' }, phone: 'x' } },
    { body: { action: 'take-back', consent: 'attendance' } },
    { body: { action: 'say-handover', handover: { adults: [LONG], never: LONG } } },
  ],
  sendFeedback: () => [
    { body: { ...proof, mode: 'stranger', answers: {} } },
    { body: { ...proof, answers: { stranger: 1 } } },
  ],
  inviteToRoles: () => [
    { body: { grants: [{ role: 'focal-point' }], label: ' ' } },
    { body: { grants: [{ role: 'care' }], email: 'x' } },
  ],
  changeRoles: () => [{ body: { grants: [{ role: 'care' }], email: 'x', revision: 1 } }],
  addRegistration: () => [{ body: { role: 'speaker', email: 'x', language: 'xx', ...FIELDS } }],
  registerOnBehalf: () => [
    { body: { ageBand: 'minor', email: 'x', ...FIELDS, consents: {} } },
    { body: { ageBand: 'adult', email: 'x', ...FIELDS, ...CHOSEN } },
    { body: { ...CALLED, closedSessions: true } },
  ],
  decideRegistration: () => [{ body: { decision: 'decline', note: 'x'.repeat(501), revision: 1 } }],
  askApplicant: () => [
    { body: { text: 'x'.repeat(9), revision: 1 } },
    { body: { text: 'x'.repeat(501), revision: 1 } },
  ],
  handOver: () => [
    { body: { to: 'me', note: 'x'.repeat(201), revision: 1 } },
    { body: { to: 'x'.repeat(43), revision: 1 } },
  ],
  startBulk: () => {
    const people = Array.from({ length: 11 }, (_, nth) => ({ reference: `000000000${nth}`.slice(-10), revision: 1 }));
    const sent = { kind: 'decline', id: 'L'.repeat(22), people };
    const alone = { ...sent, people: people.slice(1) };
    const added = { ...alone, kind: 'add-to-session' };
    const tagged = { ...alone, kind: 'tag' };
    return [sent, { ...alone, note: 'x'.repeat(501) }, alone, added, tagged].map((body) => ({ body }));
  },
  substituteRegistration: () => [{ body: { email: 'x', language: 'xx', ...NAMES, revision: 1 } }],
  correctAddress: () => [{ body: { email: 'x', revision: 1 } }],
  moveUpInLine: () => [{ body: { reason: ' ', revision: 1 } }, { body: { reason: 'x'.repeat(201), revision: 1 } }],
  previewAmendment: () => wrongForHolder({}),
  amendPerson: () => wrongForHolder({ tell: true, promised: { status: 'confirmed', seats: [], dropped: [] } }),
  correctName: () => [{ body: { fullName: LONG, nativeName: LONG, revision: 1 } }],
  changeRegistrationWindow: async () => [
    {
      body: {
        opensAt: '2027-01-02T00:00:00Z',
        closesAt: '2027-01-01T00:00:00Z',
        version: (await ask('getProgramme')).version,
      },
    },
    { body: { proveWithin: '71 hours', version: (await ask('getProgramme')).version } },
  ],
  changeEventStatus: async () => [
    { body: { status: 'scheduled', firstDay: '2000-01-01', version: (await ask('getEventStatus')).version } },
    {
      body: {
        status: 'moved-online',
        version: (await ask('getEventStatus', undefined, { eventId: IN_PERSON })).version,
      },
      params: { eventId: IN_PERSON },
    },
  ],
  changeSession: async () => [
    {
      body: {
        session: { title: { xx: 'x' }, day: 'stranger', start: '10:00', end: '09:00' },
        version: (await ask('getProgramme')).version,
      },
    },
  ],
  copyEvent: () => [
    { body: { id: 'limits', title: { xx: 'x' }, firstDay: '2010-01-01' } },
    { body: { id: 'No id', title: {}, firstDay: LATER } },
    { body: { id: 'short', title: { en: 'x' }, shortTitle: { en: LONG }, firstDay: LATER } },
  ],
  checkDefinition: wrongDefinitions,
  replaceDefinition: wrongDefinitions,
  makeInvitation: () => [
    { body: { label: ' ', organisation: ' ', uses: 1, validUntil: `${LATER}T00:00:00Z` } },
    { body: { label: 'x', uses: 1, validUntil: EARLIER, email: 'x', category: 'stranger' } },
  ],
  previewMessage: () => [
    { body: { segment: { categories: ['stranger'] }, words: { en: { subject: 'x', text: 'x' } } } },
    { body: { segment: {}, words: WORDS } },
  ],
  testMessage: () => [{ body: { language: 'xx', words: WORDS.en } }, { body: { language: 'en', words: WORDS.en } }],
  sendMessage: () => [
    { body: { segment: { categories: ['stranger'] }, words: WORDS, people: 1 } },
    { body: { segment: {}, words: WORDS, people: 1 } },
  ],
  showArrivalBoard: () => WRONG_BOARD,
  projectArrivals: () => WRONG_BOARD,
  nameNotYetHere: () => WRONG_BOARD,
  putCheckInList: async () => {
    const { revision } = await ask('showCheckIn');
    const list = { ...LIST, passing: 'once', revision };
    return [
      { body: { ...list, name: 'x'.repeat(81) } },
      ...['once', 'again', 'in-and-out'].map((passing) => ({
        body: { ...list, passing, place: { kind: 'day', day: 'stranger' }, categories: ['stranger'] },
      })),
      ...['once', 'again', 'in-and-out'].map((passing) => ({ body: { ...list, passing, closesAt: EARLIER } })),
      ...['once', 'again', 'in-and-out'].map((passing) => ({
        body: { ...list, passing, opensAt: `${LATER}T00:00:00Z` },
      })),
    ];
  },
  putHandout: async () => {
    const { revision } = await ask('showCheckIn');
    const thing = { name: 'x', often: 'any', isLent: true, revision };
    return [
      { body: { ...thing, name: 'x'.repeat(81) } },
      { body: { ...thing, often: 'once', isLent: false, categories: ['stranger'] } },
      { body: thing, params: { listId: 'event' } },
    ];
  },
  offerEnrolment: () => [
    { body: { name: ' ', lists: ['stranger'], endsAt: EARLIER, maySearch: false, vettedUntil: '2000-01-01' } },
  ],
  changeForm: async () => {
    const { revision } = await ask('listFeedback');
    return [
      { body: { kind: 'attended-by', by: 'usual', revision } },
      { body: { kind: 'open-at', at: `${LATER}T00:00:00Z`, revision } },
    ];
  },
  markCame: () => [
    { body: { lines: ['A'], at: `${LATER}T00:00:00Z`, why: 'x', step: 'look' } },
    { body: { lines: ['A'], at: '0026-11-02T00:00:00Z', why: 'x', step: 'look' } },
    { body: { lines: ['A'], at: '2021-01-01T00:00:00Z', why: ' ', step: 'look' } },
  ],
  decideConflict: () => [
    { body: { decision: 'same-person', scans: ['A'.repeat(22)], after: 0, note: 'x'.repeat(501) } },
  ],
  recordPaper: () => [
    {
      body: {
        ...signedForm({ consents: { stranger: 'x' }, signedBy: LONG, signedOn: LATER, phone: 'x' }),
        revision: 1,
      },
    },
  ],
  noteHandover: () => [{ body: { handover: { adults: [LONG], never: LONG }, revision: 1 } }],
  reopenHandoverCode: () => [{ body: { why: LONG } }],
  bringHandOver: () => [
    { body: { device: 'stranger', ...NOTHING_READABLE } },
    {
      body: { device: event.callOf('bringHandOver').params?.['deviceId'], ...NOTHING_READABLE },
      params: { handOverId: 'N'.repeat(22) },
    },
  ],
  withdrawForGuardian: async () => [
    { body: { consent: 'attendance', revision: (await ask('showMinor')).revision } },
    { body: { consent: 'stranger', revision: (await ask('showMinor')).revision } },
  ],
  nameChaperone: async () => [{ body: { chaperone: '7K3M9QX2AB', revision: (await ask('showMinor')).revision } }],
  askChaperone: () => [{ body: { chaperone: '7K3M9QX2AB' } }],
  stepReport: () => [{ body: { state: 'looked-at', note: 'x'.repeat(1001), after: 1 } }],
  searchPeople: () => [{ query: { q: '  ' } }],
};

/** The same of forms, by their fields. */
const FORM_WRONG: { readonly [Id in RouteId]?: () => [string, string][][] } = {
  postRegistration: () => [[['action', 'erase']]],
  postDelegation: () => [[['action', 'erase']]],
  postFeedbackForm: () => [[...Object.entries(proof), ['answers.overall', 'stranger']]],
};

/** Buttons that end what all the others need. */
const isEnd = ({ body }: Call): boolean => /action=(erase.*confirm|cancel|replace-link)/.test(String(body));

/** After these nothing is left to be asked about. */
const LAST = ['withdraw', 'refuse', 'decline', 'revoke', 'stop', 'close', 'off', 'cancelled', 'postponed'];
const isLast = ({ body }: Call): boolean => LAST.some((value) => String(body).includes(`"${value}"`));

const known = (schema: JsonSchema = {}): JsonSchema =>
  schema.$ref === undefined ? schema : known(schemaOf(schema.$ref));

/** The body's schema once for each value of each of its enumerations, with that value alone. */
function* chosen(schema: JsonSchema): Generator<JsonSchema> {
  const { properties = {}, required = [], oneOf = [], anyOf = [] } = known(schema);
  for (const option of [...oneOf, ...anyOf]) {
    yield option;
    yield* chosen(option);
  }
  for (const [name, part] of Object.entries(properties)) {
    for (const value of known(part).enum ?? [])
      yield {
        ...known(schema),
        properties: { ...properties, [name]: { const: value } },
        required: [...required, name],
      };
  }
}

/** Samples of all that is allowed, and one with each choice that there is. */
function requestsOf(operation: DocumentedOperation, type: string): readonly Call[] {
  const there = event.callOf(operation.operationId);
  const schema = operation.requestBody?.content[type]?.schema;
  const query = queryOf(operation);
  const sentQuery = fc.record(
    Object.fromEntries(
      query.map(({ name, schema: part }) => [name, arbitraryOf(part, schemaOf) as fc.Arbitrary<string>]),
    ),
    { requiredKeys: query.filter(({ required }) => required).map(({ name }) => name) },
  );
  if (schema === undefined && query.length === 0) return [there];
  const sample = (body: JsonSchema | undefined, numRuns: number): readonly Call[] =>
    fc
      .sample(fc.tuple(sentQuery, body ? arbitraryOf(body, schemaOf) : fc.constant(undefined)), { numRuns, seed: SEED })
      .map(([asked, sent]) => ({
        ...there,
        query: asked,
        ...(body && (type === FORM ? postForm(fieldsOf(sent), there.headers) : postJson(sent, there.headers))),
      }));
  const choices = schema === undefined ? [] : [...chosen(schema)].flatMap((choice) => sample(choice, 1));
  const isPlain = schema === undefined && query.every(({ name }) => name === 'lang');
  const all = [...sample(schema, isPlain ? 1 : RUNS), ...choices];
  return [...all.filter((each) => !isLast(each)), ...all.filter(isLast)];
}

/** A form's fields, each with every value that it has. */
const fieldsOf = (sent: unknown): [string, string][] =>
  Object.entries(sent as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );

/** The fields that an operation says it may refuse. */
const namedBy = (id: RouteId): readonly string[] => [
  ...new Set([...(LIMITS[id] ?? '').matchAll(/`(\w+)`/g)].map(([, field = '']) => field)),
];

it.each(forms.map((operation) => [operation.operationId, operation] as const))(
  'B1: %s, a form of a page, refuses something that the document allows only if it says so',
  async (id, operation) => {
    const statuses: number[] = [];
    const ofOurs = (FORM_WRONG[id]?.() ?? []).map((fields): Call => ({ ...event.callOf(id), ...postForm(fields) }));
    for (const request of [...ofOurs, ...requestsOf(operation, FORM)].filter((each) => !isEnd(each))) {
      const { statusCode = 0, body } = await callAsHolder(id, request);
      expect(statusCode, body).toBeLessThan(500);
      statuses.push(statusCode);
    }
    expect(statuses.includes(422)).toBe(LIMITS[id] !== undefined);
  },
);

it.each(forPrograms.map((operation) => [operation.operationId, operation] as const))(
  'B1: %s refuses what it says, and nothing else that the document allows',
  async (id, operation) => {
    const refused = new Set<string>();
    const there = event.callOf(id);
    const wrong = ((await WRONG[id]?.()) ?? []).map(
      ({ query, body, params }): Call => ({
        ...there,
        params: { ...there.params, ...params },
        ...(query && { query }),
        ...(body !== undefined && postJson(body, there.headers)),
      }),
    );
    for (const request of [...wrong, ...requestsOf(operation, 'application/json')]) {
      const { statusCode, body = '' } = await callAsHolder(id, request);
      expect(statusCode, body).toBeLessThan(500);
      if (statusCode === 422) for (const { path } of JSON.parse(body).errors) refused.add(path.split('.')[0]);
    }
    expect([...refused].sort()).toEqual([...namedBy(id)].sort());
  },
);
