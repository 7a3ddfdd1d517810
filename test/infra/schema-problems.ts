import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { CloudFormationTemplate } from './fixture.ts';

const schemas = loadAwsServiceSpecSync();
const schemaOf = (type: string) => schemas.lookup('resource', 'cloudFormationType', 'equals', type)[0];

type ResourceProperties = NonNullable<ReturnType<typeof schemaOf>>['properties'];
type PropertyType = ResourceProperties[string]['type'];

/** What CloudFormation takes of any resource: its number, text or list is known once it is deployed. */
const isIntrinsic = (value: unknown): boolean => /^\{"(Ref|Fn::\w+)":/.test(JSON.stringify(value));

/** Why CloudFormation would refuse a template before it makes anything, by the schemas that AWS publishes: each with the path to it. */
export function schemaProblems({ Resources }: CloudFormationTemplate): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (!Type.startsWith('AWS::')) return [];
    const schema = schemaOf(Type);
    if (schema === undefined) return [`${id}: ${Type} is no type of resource`];
    return [...objectProblems(schema.properties, Properties, id), ...attributeProblems(Resources, Properties, id)];
  });
}

const objectProblems = (properties: ResourceProperties, value: object, path: string): string[] => [
  ...Object.entries(properties).flatMap(([name, { required }]) =>
    required && !(name in value) ? [`${path}.${name}: is missing`] : [],
  ),
  ...Object.entries(value).flatMap(([name, inner]) => {
    const { type, previousTypes = [] } = properties[name] ?? {};
    if (type === undefined) return [`${path}.${name}: is no property`];
    const tried = [type, ...previousTypes].map((each) => problemsOf(each, inner, `${path}.${name}`));
    return tried.some((each) => each.length === 0) ? [] : (tried[0] ?? []);
  }),
];

function problemsOf(type: PropertyType, value: unknown, path: string): string[] {
  const expected = (fits: boolean): string[] =>
    fits ? [] : [`${path}: expected ${type.type}, not ${JSON.stringify(value)}`];
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((each, index) => problemsOf(type.element, each, `${path}[${index}]`))
        : expected(false);
    case 'map':
      return Object.entries(Object(value)).flatMap(([key, each]) => problemsOf(type.element, each, `${path}.${key}`));
    case 'ref':
      return isObject(value)
        ? objectProblems(schemas.get('typeDefinition', type.reference).properties, value, path)
        : expected(false);
    case 'union': {
      const tried = type.types.map((each) => problemsOf(each, value, path));
      return tried.some((each) => each.length === 0) ? [] : (tried[0] ?? []);
    }
    case 'tag':
      return expected(isObject(value) && 'Key' in value);
    case 'json':
      return expected(typeof value === 'object' || typeof value === 'string');
    case 'string': {
      const { allowedValues } = type as { readonly allowedValues?: readonly string[] };
      if (typeof value !== 'string') return expected(false);
      return allowedValues === undefined || allowedValues.includes(value)
        ? []
        : [`${path}: expected one of ${allowedValues.join(', ')}, not ${value}`];
    }
    case 'boolean':
      return expected(typeof value === 'boolean');
    case 'integer':
      return expected(Number.isInteger(value));
    case 'number':
      return expected(typeof value === 'number');
    default:
      return [];
  }
}

/** Of `Fn::GetAtt`, what is no attribute of the resource, and what is no resource. */
function attributeProblems(all: CloudFormationTemplate['Resources'], value: unknown, path: string): string[] {
  const asked = [...JSON.stringify(value).matchAll(/"Fn::GetAtt":\["(\w+)","([\w.]+)"\]/g)];
  return asked.flatMap(([, id = '', attribute = '']) => {
    const type = all[id]?.Type;
    if (type === undefined) return [`${path}: there is no ${id}`];
    const schema = schemaOf(type);
    const isKnown = schema === undefined || attribute in schema.attributes || attribute in schema.properties;
    return isKnown ? [] : [`${path}: ${type} has no ${attribute}`];
  });
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
