import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from '../../shared/contract/openapi/words.ts';
import { openApiDocument } from '../../shared/contract/openapi.ts';
import type { Route } from '../../shared/contract/route.ts';
import { ROUTES, type RouteId } from '../../shared/contract/routes.ts';
import type { OrganiserRole } from '../../shared/domain/organiser-role.ts';
import { type Call, postJson } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { arbitraryOf, type JsonSchema } from '../support/schema-arbitrary.ts';
import type { TeamMember } from '../support/team.ts';
import { callAs, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

/* What the document allows, sent to every operation that programs call: whatever one refuses all the same, it says. */

const RUNS = 25;
const document = openApiDocument() as unknown as {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, JsonSchema>; parameters: Record<string, Parameter> };
};
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}
interface DocumentedOperation {
  readonly operationId: RouteId;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema } | undefined> };
}

const lastOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
const schemaOf = (reference: string): JsonSchema => document.components.schemas[lastOf(reference)] ?? {};
const operations = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods))
  .filter(({ operationId }) => ['json', 'csv'].includes((ROUTES[operationId] as Route).kind));

let parts: Parts;
let event: WholeEvent;
beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, 'limits');
});
afterAll(() => parts?.stop());

const HOLDER: Readonly<Record<OrganiserRole, TeamMember>> = {
  organiser: 'vettedOrganiser',
  'focal-point': 'thailand',
  safeguarding: 'safeguarding',
  care: 'vettedCare',
};
function whoCalls(id: RouteId): TeamMember | undefined {
  const route: Route = ROUTES[id];
  if (route.auth !== 'organiser') return undefined;
  return route.roles === 'signed-in' ? 'organiser' : HOLDER[route.roles[0] ?? 'organiser'];
}

function requestsOf({ operationId, parameters = [], requestBody }: DocumentedOperation): fc.Arbitrary<Call> {
  const known = event.callOf(operationId);
  const body = requestBody?.content['application/json']?.schema;
  const query = parameters
    .map((each) => (each.$ref === undefined ? each : (document.components.parameters[lastOf(each.$ref)] ?? each)))
    .filter((each) => each.in === 'query');
  const sentQuery = fc.record(
    Object.fromEntries(query.map(({ name, schema }) => [name, arbitraryOf(schema, schemaOf) as fc.Arbitrary<string>])),
    { requiredKeys: query.filter(({ required }) => required).map(({ name }) => name) },
  );
  return fc
    .record({ query: sentQuery, body: body ? arbitraryOf(body, schemaOf) : fc.constant(undefined) })
    .map((sent) => ({
      ...known,
      query: sent.query,
      ...(body && postJson(sent.body, known.headers)),
    }));
}

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s refuses nothing that the document allows, or says so',
  async (id, operation) => {
    const explained = [...(LIMITS[id] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field);
    const refused = new Set<string>();
    for (const request of fc.sample(requestsOf(operation), RUNS)) {
      const { statusCode, body = '' } = await callAs({ id, who: whoCalls(id) }, request);
      expect(statusCode, body).toBeLessThan(500);
      if (statusCode !== 422) continue;
      for (const { path, code } of JSON.parse(body).errors)
        if (!explained.includes(path.split('.')[0])) refused.add(`${path} ${code}`);
    }
    expect([...refused]).toEqual([]);
  },
);
