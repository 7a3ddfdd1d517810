import fc from 'fast-check';

/** JSON Schema as an OpenAPI document has it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  /** Of a text with several patterns. */
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** Characters of a text whose schema names no limit: more than any field takes. */
const LONG = 6000;

/** Values of all kinds that a schema allows, its bounds among them. */
export function arbitraryOf(schema: JsonSchema, refer: (reference: string) => JsonSchema): fc.Arbitrary<unknown> {
  const of = (part: JsonSchema): fc.Arbitrary<unknown> => arbitraryOf(part, refer);
  if (schema.$ref !== undefined) return of(refer(schema.$ref));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const options = schema.oneOf ?? schema.anyOf;
  if (options !== undefined) return fc.oneof(...options.map(of));
  if (typeof schema.type === 'object') return fc.oneof(...schema.type.map((type) => of({ ...schema, type })));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, of);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = minItems + 3 } = schema;
      const item = typeof items === 'object' ? of(items) : fc.jsonValue({ maxDepth: 1 });
      return fc.array(item, { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
    }
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: leastOf(schema), max: schema.maximum ?? 1_000_000 });
    case 'number':
      return fc.double({ min: leastOf(schema), max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const leastOf = ({ minimum, exclusiveMinimum }: JsonSchema): number =>
  minimum ?? (exclusiveMinimum === undefined ? -1_000_000 : exclusiveMinimum + 1);

function objectOf(schema: JsonSchema, of: (part: JsonSchema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  if (typeof additionalProperties === 'object') {
    const key = propertyNames ? of(propertyNames) : fc.stringMatching(/^[a-z]{1,8}$/);
    return fc.dictionary(key as fc.Arbitrary<string>, of(additionalProperties), { maxKeys: 3 });
  }
  const fields = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part)]));
  return fc.record(fields, { requiredKeys: required as never[] });
}

function textOf({ pattern, allOf = [], minLength = 0, maxLength = LONG }: JsonSchema): fc.Arbitrary<string> {
  const [first, ...others] = [pattern, ...allOf.map((each) => each.pattern)].flatMap((each) =>
    each === undefined ? [] : [new RegExp(each, 'u')],
  );
  if (first !== undefined)
    return fc
      .stringMatching(first)
      .filter((text) => text.length <= maxLength && others.every((other) => other.test(text)));
  return fc.oneof(
    fc.constant('x'.repeat(maxLength)),
    fc.constant('x'.repeat(Math.max(minLength, 1))),
    fc
      .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) })
      .filter((text) => text.length <= maxLength),
    fc.constant('a name').filter((text) => text.length >= minLength && text.length <= maxLength),
  );
}
