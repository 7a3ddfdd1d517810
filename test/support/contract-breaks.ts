import type { JsonSchema } from './schema-arbitrary.ts';

/*
 * Whether clients of a former contract work with the present one.
 *
 * What they send has to be taken still: nothing new is required, and no value that was allowed is refused. What they are answered has to
 * be understood still: every field is there, with a type that it had. An enumeration of an answer must not grow: the apps look up words,
 * colours and orders by its values, and have none for one that they do not know. Fields that are added do no harm, for clients read by name;
 * nor do problems that are added, for clients show a problem's own words. Limits of what is answered do not concern them.
 */

/** A contract as OpenAPI has it. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses?: Readonly<Record<string, Response>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}
interface Referring {
  readonly $ref?: string;
}
interface Parameter extends Referring {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}
interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}
interface Response extends Media, Referring {
  readonly description?: string;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Response>>;
}

/**
 * What no longer works for clients of a former contract, each in a sentence.
 *
 * @param isUsed whether they call an operation: `GET /api/registration`
 */
export function contractBreaks(
  former: Contract,
  present: Contract,
  isUsed: (operation: string) => boolean,
): readonly string[] {
  return Object.entries(former.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const name = `${method.toUpperCase()} ${path}`;
      if (!isUsed(name)) return [];
      const now = present.paths[path]?.[method];
      if (now === undefined) return [`${name} is gone`];
      const both = { former, present, seen: new Set<string>() };
      return [
        ...parameterBreaks(both, before, now),
        ...bodyBreaks(both, before, now),
        ...answerBreaks(both, before, now),
      ].map((what) => `${name}: ${what}`);
    }),
  );
}

interface Both {
  readonly former: Contract;
  readonly present: Contract;
  /** Pairs of names that are being compared, or were. */
  readonly seen: Set<string>;
}

const lastOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const parametersOf = (contract: Contract, { parameters = [] }: Operation): readonly Parameter[] =>
  parameters.map((each) =>
    each.$ref === undefined ? each : (contract.components.parameters?.[lastOf(each.$ref)] ?? each),
  );

function parameterBreaks(both: Both, before: Operation, now: Operation): readonly string[] {
  const were = parametersOf(both.former, before);
  return parametersOf(both.present, now).flatMap((parameter) => {
    const was = were.find((each) => each.name === parameter.name && each.in === parameter.in);
    const name = `the parameter ${parameter.name}`;
    if (was === undefined) return parameter.required ? [`${name} is required now`] : [];
    const nowRequired = parameter.required && !was.required ? [`${name} is required now`] : [];
    return [...nowRequired, ...requestBreaks(both, was.schema ?? {}, parameter.schema ?? {}, name)];
  });
}

const schemasIn = ({ content = {} }: Media): ReadonlyMap<string, JsonSchema> =>
  new Map(Object.entries(content).map(([type, { schema = {} }]) => [type, schema]));

function bodyBreaks(both: Both, before: Operation, now: Operation): readonly string[] {
  if (now.requestBody === undefined) return [];
  if (before.requestBody === undefined) return ['a body is required now'];
  const taken = schemasIn(now.requestBody);
  return [...schemasIn(before.requestBody)].flatMap(([type, schema]) => {
    const other = taken.get(type);
    return other === undefined
      ? [`a body in ${type} is not taken any more`]
      : requestBreaks(both, schema, other, 'body');
  });
}

const responsesOf = (contract: Contract, { responses }: Operation): ReadonlyMap<string, Response> =>
  new Map(
    Object.entries(responses).map(([status, each]) => [
      status,
      each.$ref === undefined ? each : (contract.components.responses?.[lastOf(each.$ref)] ?? each),
    ]),
  );

const problemsOf = ({ description = '' }: Response): readonly string[] =>
  [...description.matchAll(/problem:([a-z-]+)/g)].map(([, type = '']) => type);

function answerBreaks(both: Both, before: Operation, now: Operation): readonly string[] {
  const answers = responsesOf(both.present, now);
  const problems = new Set([...answers.values()].flatMap(problemsOf));
  return [...responsesOf(both.former, before)].flatMap(([status, response]) => {
    if (Number(status) >= 400) {
      return problemsOf(response).flatMap((type) =>
        problems.has(type) ? [] : [`the problem ${type} is not answered any more`],
      );
    }
    const answer = answers.get(status);
    if (answer === undefined) return [`${status} is not answered any more`];
    const given = schemasIn(answer);
    return [...schemasIn(response)].flatMap(([type, schema]) => {
      const other = given.get(type);
      return other === undefined ? [`${type} is not answered any more`] : understood(both, schema, other, 'answer');
    });
  });
}

/** Where a value that the former schema allows is refused by the present one. */
function requestBreaks(both: Both, before: JsonSchema, now: JsonSchema, place: string): readonly string[] {
  const [was, is] = [lookUp(both.former, before), lookUp(both.present, now)];
  if (isKnownPair(both, before, now, 'request')) return [];
  const [options, others] = [optionsOf(was), optionsOf(is)];
  if (options.length > 1 || others.length > 1) {
    const lost = options.filter((option) =>
      others.every((other) => requestBreaks(fresh(both), option, other, place).length > 0),
    );
    return lost.length === 0 ? [] : [`${place} does not take all it took`];
  }
  const values = valuesOf(was);
  const allowed = valuesOf(is);
  if (allowed !== undefined) {
    if (values === undefined) return [`${place} takes only ${allowed.join(', ')} now`];
    return values
      .filter((value) => !allowed.includes(value))
      .map((value) => `${place} does not take ${value} any more`);
  }
  if (!fits(was, is)) return [`${place} takes ${is.type}, and took ${was.type}`];
  return [...boundBreaks(was, is, place), ...requestParts(both, was, is, place)];
}

function requestParts(both: Both, was: JsonSchema, is: JsonSchema, place: string): readonly string[] {
  const { properties = {}, required = [], additionalProperties: map } = is;
  const needed = required
    .filter((name) => !(was.required ?? []).includes(name))
    .map((name) => `${place} requires ${name} now`);
  const fields = Object.entries(was.properties ?? {}).flatMap(([name, schema]) => {
    const other = properties[name];
    if (other !== undefined) return requestBreaks(both, schema, other, `${place}.${name}`);
    return map === false ? [`${place} does not take ${name} any more`] : [];
  });
  return [...needed, ...fields, ...inside(both, was, is, place, requestBreaks)];
}

/** Where what the present schema answers is not what readers of the former one know. */
function understood(both: Both, before: JsonSchema, now: JsonSchema, place: string): readonly string[] {
  const [was, is] = [lookUp(both.former, before), lookUp(both.present, now)];
  if (isKnownPair(both, before, now, 'answer')) return [];
  const [options, others] = [optionsOf(was), optionsOf(is)];
  if (options.length > 1 || others.length > 1) {
    const strange = others.filter((other) =>
      options.every((option) => understood(fresh(both), option, other, place).length > 0),
    );
    return strange.length === 0 ? [] : [`${place} may be something that it was not`];
  }
  const known = valuesOf(was);
  const values = valuesOf(is);
  if (known !== undefined) {
    if (values === undefined) return [`${place} may be more than ${known.join(', ')}`];
    return values
      .filter((value) => !known.includes(value))
      .map((value) => `${place} may be ${value}, which clients do not know`);
  }
  if (!fits(is, was)) return [`${place} is ${is.type}, and was ${was.type}`];
  const fields = Object.entries(was.properties ?? {}).flatMap(([name, schema]) => {
    const other = is.properties?.[name];
    if (other === undefined) return [`${place}.${name} is gone`];
    const left =
      was.required?.includes(name) && !is.required?.includes(name) ? [`${place}.${name} may be left out now`] : [];
    return [...left, ...understood(both, schema, other, `${place}.${name}`)];
  });
  return [...fields, ...inside(both, was, is, place, understood)];
}

type Compare = typeof understood;

/** What lists and maps hold. */
function inside(both: Both, was: JsonSchema, is: JsonSchema, place: string, compare: Compare): readonly string[] {
  const parts: readonly (readonly [JsonSchema['additionalProperties'], JsonSchema['additionalProperties'], string])[] =
    [
      [was.items, is.items, '[]'],
      [was.additionalProperties, is.additionalProperties, '{}'],
    ];
  return parts.flatMap(([before, now, what]) => {
    if (typeof before !== 'object') return [];
    if (typeof now === 'object') return compare(both, before, now, place + what);
    return now === false ? [`${place} holds nothing of its own any more`] : [];
  });
}

const typesOf = ({ type = [] }: JsonSchema): readonly string[] => (typeof type === 'string' ? [type] : type);

/** Whether the types of one schema are among those of another, which may name none; an integer is a number. */
const fits = (narrow: JsonSchema, wide: JsonSchema): boolean => {
  const allowed = typesOf(wide);
  return (
    allowed.length === 0 ||
    (narrow.type !== undefined &&
      typesOf(narrow).every((type) => allowed.includes(type) || (type === 'integer' && allowed.includes('number'))))
  );
};

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;

function boundBreaks(was: JsonSchema, is: JsonSchema, place: string): readonly string[] {
  const raised = LOWER.filter(
    (bound) => (is[bound] ?? Number.NEGATIVE_INFINITY) > (was[bound] ?? Number.NEGATIVE_INFINITY),
  );
  const lowered = UPPER.filter(
    (bound) => (is[bound] ?? Number.POSITIVE_INFINITY) < (was[bound] ?? Number.POSITIVE_INFINITY),
  );
  // Whether another pattern takes all that the former took, nobody can say.
  const other = is.pattern !== undefined && is.pattern !== was.pattern ? ['pattern'] : [];
  return [...raised, ...lowered, ...other].map((bound) => `${place} has a narrower ${bound}`);
}

const optionsOf = (schema: JsonSchema): readonly JsonSchema[] => schema.oneOf ?? schema.anyOf ?? [schema];

const valuesOf = (schema: JsonSchema): readonly unknown[] | undefined =>
  'const' in schema ? [schema.const] : schema.enum;

function lookUp(contract: Contract, schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : lookUp(contract, contract.components.schemas[lastOf(schema.$ref)] ?? {});
}

/** Of one option among several nothing is known yet: what was found of another one does not count. */
const fresh = (both: Both): Both => ({ ...both, seen: new Set(both.seen) });

/** Shapes that hold themselves are compared once. */
function isKnownPair({ seen }: Both, before: JsonSchema, now: JsonSchema, side: string): boolean {
  if (before.$ref === undefined || now.$ref === undefined) return false;
  const pair = `${side} ${before.$ref} ${now.$ref}`;
  if (seen.has(pair)) return true;
  seen.add(pair);
  return false;
}
