import { openApiDocument } from '../../shared/openapi.ts';
import type { RouteId } from '../../shared/routes.ts';
import type { JsonSchema } from './schema-arbitrary.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** What the OpenAPI document says of a route. */
export interface DocumentedOperation {
  readonly operationId: RouteId;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema } | undefined> };
}

const { paths, components } = openApiDocument() as unknown as {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, JsonSchema>; parameters: Record<string, Parameter> };
};

export const OPERATIONS = Object.values(paths).flatMap((methods) => Object.values(methods));

const lastOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
export const schemaOf = (reference: string): JsonSchema => components.schemas[lastOf(reference)] ?? {};

/** What is sent in the query of an operation's address. */
export const queryOf = ({ parameters = [] }: DocumentedOperation): readonly Parameter[] =>
  parameters
    .map((each) => (each.$ref === undefined ? each : (components.parameters[lastOf(each.$ref)] ?? each)))
    .filter((each) => each.in === 'query');
