import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { CloudFormationResource, CloudFormationTemplate } from './fixture.ts';

/** What of a stack an update can break for others or for what is kept. */
export interface StackShape {
  /** What may outlive the stack, if it is so configured, and what exports name, by logical id. */
  readonly resources: Readonly<Record<string, ResourceShape>>;
  /** What other stacks may import, by the name of the export. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Names of exports of other stacks. */
  readonly imports: readonly string[];
  /** What others may read without holding on to it, by the name of the output. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Outputs of other stacks that are read while this one is deployed, and never again: `Web.SiteUrl`. */
  readonly reads: readonly string[];
}

export interface ResourceShape {
  readonly type: string;
  readonly isRetained: boolean;
  /** Properties that cannot change while the resource stays. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Parts of properties of which there may be more, but which cannot change while the resource stays: by property and name. */
  readonly grown: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What no two may be called, where that alone does not tell them apart. */
  readonly name?: unknown;
}

interface Rules {
  /** Properties besides those that the resource's schema marks. */
  readonly fixed?: readonly string[];
  /** What names each part, by property. */
  readonly growing?: Readonly<Record<string, string>>;
  /** The property with the name that it is given, and where in it that is. */
  readonly named?: readonly [property: string, part: string];
}

/** What AWS's documents say of a type and its schema does not. */
const DOCUMENTED: Readonly<Record<string, Rules>> = {
  // "If you change the value of [these], the update request fails" (CloudFormation: AWS::KMS::Key).
  'AWS::KMS::Key': { fixed: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'] },
  'AWS::DynamoDB::Table': {
    // The ARN of a table's stream, which is exported, is that of one stream: of another kind it is another one (DynamoDB: Streams).
    fixed: ['LocalSecondaryIndexes', 'StreamSpecification'],
    growing: { AttributeDefinitions: 'AttributeName', GlobalSecondaryIndexes: 'IndexName' },
  },
  // How people sign in "can't be changed after creation", attributes can be added only (Cognito: "Working with user attributes").
  'AWS::Cognito::UserPool': {
    fixed: ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
    growing: { Schema: 'Name' },
  },
  // "The budget already exists" (aws-cloudformation/cloudformation-coverage-roadmap issue 365).
  'AWS::Budgets::Budget': { named: ['Budget', 'BudgetName'] },
};

/** "You can create or delete only one global secondary index per UpdateTable operation" (DynamoDB: UpdateTable). */
const AT_ONCE: Readonly<Record<string, number>> = { GlobalSecondaryIndexes: 1 };

const schemas = loadAwsServiceSpecSync();

/** Each deployment makes another and leaves the one before to be gone back to: no template has both. */
const VERSION = 'AWS::Lambda::Version';

/** What of a template counts; all else may come, go and change. */
export function shapeOf({ Resources, Outputs = {} }: CloudFormationTemplate): StackShape {
  const exports = Object.fromEntries(
    Object.values(Outputs).flatMap(({ Value, Export }) => (Export ? [[Export.Name, Value]] : [])),
  );
  const outputs = Object.fromEntries(
    Object.entries(Outputs).flatMap(([id, { Value, Export }]) => (Export ? [] : [[id, Value]])),
  );
  const shapes = new Map<string, ResourceShape>();
  const add = (id: string): void => {
    const resource = Resources[id];
    if (resource === undefined || shapes.has(id)) return;
    const shape = resourceShape(resource);
    shapes.set(id, shape);
    referencesIn(shape.fixed).forEach(add);
  };
  for (const [id, { Type, DeletionPolicy }] of Object.entries(Resources)) {
    const isKept = DeletionPolicy !== undefined && Type.startsWith('AWS::') && Type !== VERSION;
    if (isKept || DOCUMENTED[Type]?.named) add(id);
  }
  referencesIn(exports).forEach(add);
  referencesIn(outputs).forEach(add);
  return {
    resources: Object.fromEntries(sorted(shapes)),
    ...{ exports, imports: importsIn([Resources, Outputs]) },
    ...{ outputs, reads: readsIn([Resources, Outputs]) },
  };
}

/**
 * Why CloudFormation would refuse an update of a stack, or lose what is kept.
 *
 * @param imported names of exports that other stacks import just then
 * @param read names of outputs that other stacks have read
 */
export function updateProblems(
  before: StackShape,
  after: StackShape,
  imported: ReadonlySet<string>,
  read: ReadonlySet<string> = new Set(),
): string[] {
  const replaced = replacedIn(before, after);
  const isSame = (value: unknown, next: unknown): boolean =>
    same(value, next) && !referencesIn(value).some((id) => replaced.has(id));
  const kept = Object.entries(before.resources).filter(
    ([id, resource]) => resource.isRetained || after.resources[id]?.isRetained,
  );
  return [
    ...[...replaced].flatMap((id) => {
      const name = before.resources[id]?.name;
      return name !== undefined && same(name, after.resources[id]?.name)
        ? [`${id} would be another one by the same name, ${name}`]
        : [];
    }),
    ...kept.flatMap(([id, resource]) => {
      const next = after.resources[id];
      if (next === undefined) return [`${id} is kept, but no longer there`];
      return replaced.has(id) ? [`${id} is kept, but would be another one`] : partProblems(id, resource, next);
    }),
    ...Object.entries(before.exports).flatMap(([name, value]) => {
      if (!imported.has(name)) return [];
      if (!(name in after.exports)) return [`${name} is in use, but no longer there`];
      return isSame(value, after.exports[name]) ? [] : [`${name} is in use, but would change`];
    }),
    // Nobody tells those who read it, unless their own templates change.
    ...Object.entries(before.outputs).flatMap(([name, value]) =>
      !read.has(name) || !(name in after.outputs) || isSame(value, after.outputs[name])
        ? []
        : [`${name} was read, but would change`],
    ),
  ];
}

function replacedIn(before: StackShape, after: StackShape): Set<string> {
  const replaced = new Set<string>();
  for (let found = -1; found !== replaced.size; ) {
    found = replaced.size;
    for (const [id, resource] of Object.entries(before.resources)) {
      const next = after.resources[id];
      const stays =
        next?.type === resource.type &&
        same(next.fixed, resource.fixed) &&
        !referencesIn(resource.fixed).some((other) => replaced.has(other));
      if (!stays) replaced.add(id);
    }
  }
  return replaced;
}

const partProblems = (id: string, before: ResourceShape, after: ResourceShape): string[] =>
  Object.entries(before.grown).flatMap(([property, parts]) => {
    const next = after.grown[property] ?? {};
    const lost = Object.keys(parts).filter((name) => !same(parts[name], next[name]));
    const added = Object.keys(next).filter((name) => !(name in parts));
    return [
      ...lost.map((name) => `${id} is kept, but ${property} ${name} would be lost or another one`),
      ...(added.length > (AT_ONCE[property] ?? Number.POSITIVE_INFINITY)
        ? [`${id} can be given one of ${property} at once, not ${added.join(', ')}`]
        : []),
    ];
  });

function resourceShape(resource: CloudFormationResource): ResourceShape {
  const { Type: type, Properties = {} } = resource;
  const { fixed = [], growing = {}, named } = DOCUMENTED[type] ?? {};
  const pick = (names: readonly string[]): [string, unknown][] =>
    names.filter((name) => name in Properties).map((name) => [name, Properties[name]]);
  return {
    type,
    isRetained: isRetained(resource),
    fixed: Object.fromEntries(sorted(pick([...new Set([...createOnly(type), ...fixed])]))),
    grown: Object.fromEntries(
      Object.entries(growing).map(([property, key]) => [property, partsOf(Properties[property], key)]),
    ),
    ...(named && { name: (Properties[named[0]] as Readonly<Record<string, unknown>>)[named[1]] }),
  };
}

/** Properties whose change may replace a resource, by the schema that AWS publishes for its type. */
function createOnly(type: string): string[] {
  const { properties } = schemas.lookup('resource', 'cloudFormationType', 'equals', type).only();
  return Object.entries(properties).flatMap(([name, { causesReplacement = 'no' }]) =>
    causesReplacement === 'no' ? [] : [name],
  );
}

const partsOf = (list: unknown, key: string): Record<string, unknown> =>
  Object.fromEntries(sorted(((list ?? []) as Record<string, string>[]).map((part) => [part[key] ?? '', part])));

const isRetained = ({ DeletionPolicy = 'Delete' }: CloudFormationResource): boolean =>
  DeletionPolicy.startsWith('Retain');

/** Logical ids that a value names: `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return [...JSON.stringify(inner).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id ?? '');
    return referencesIn(inner);
  });
}

function importsIn(value: unknown): string[] {
  const found = new Set<string>();
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'Fn::ImportValue') found.add(String(inner));
    return inner;
  });
  return [...found].sort();
}

/** Of `Fn::GetStackOutput`, by the names of stacks within their system. */
function readsIn(value: unknown): string[] {
  const found = new Set<string>();
  JSON.stringify(value, (key, inner) => {
    if (key === 'Fn::GetStackOutput') found.add(`${String(inner.StackName).split('-')[1]}.${inner.OutputName}`);
    return inner;
  });
  return [...found].sort();
}

/** Whatever the order of keys: templates keep it, but say nothing by it. */
const same = (one: unknown, other: unknown): boolean => ordered(one) === ordered(other);

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(sorted(Object.entries(inner)))
      : inner,
  );

const sorted = <T>(entries: Iterable<[string, T]>): [string, T][] =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
