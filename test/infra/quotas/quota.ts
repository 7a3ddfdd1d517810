/** One limit of AWS that a template can break, and of which CloudFormation learns only while it deploys. */
export interface AwsQuota {
  /** As AWS names it. */
  readonly name: string;
  readonly limit: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** The page of AWS that states it. */
  readonly source: string;
  /** What uses it: one resource, the resources that belong to the same other one, or all that an account holds in a region. */
  readonly scope: 'resource' | 'parent' | 'account';
  /** The property that names that other one, such as `ApiId`. */
  readonly parent?: string;
  /** How much of it one resource uses. */
  readonly used: (resource: TemplateResource) => number;
}

/** One limit on a template as a whole. */
export interface StackQuota extends Omit<AwsQuota, 'scope' | 'parent' | 'used'> {
  readonly used: (template: StackTemplate) => number;
}

/**
 * Systems that one account may hold beside each other: one that people use, one for rehearsals, one to try a change in.
 * Whatever a system uses of a quota per account counts this often.
 */
export const STAGES = 3;

/** Of a quota of ten or more, what a template may use: the rest is for others in the account, and for what comes. */
const SHARE = 0.7;

/** What may be used of a quota. One below ten may be used up: 70 % of two would be one. */
export const allowanceOf = ({ limit }: Pick<AwsQuota, 'limit'>): number =>
  limit < 10 ? limit : Math.floor(limit * SHARE);

/** A template as CloudFormation reads it: JSON, with functions such as `{"Fn::GetAtt": [...]}` wherever a value is not known yet. */
export interface StackTemplate {
  readonly Description?: string;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What is at a path of properties, if anything is. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inside, name) => (isRecord(inside) ? inside[name] : undefined), value);

/** The list at a path of properties; none where there is nothing. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export const countOf = (value: unknown): number => (isRecord(value) ? Object.keys(value).length : 0);

/** An ARN of ours takes at most this many characters, and so does whatever else is known only once it is deployed. */
const NOT_KNOWN_YET = 'x'.repeat(128);

/** The greatest lengths of what AWS says of itself; of the rest, that of an ARN. */
const PSEUDO: Readonly<Record<string, number>> = { 'AWS::Partition': 10, 'AWS::Region': 14, 'AWS::AccountId': 12 };

/** The value with a text of the greatest length in place of each function of CloudFormation. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (!isRecord(value)) return value;
  const [[name, argument] = [], ...more] = Object.entries(value);
  if (name === 'Fn::Join' && more.length === 0) return joined(argument);
  if (name === 'Ref') return 'x'.repeat(PSEUDO[String(argument)] ?? NOT_KNOWN_YET.length);
  if (name?.startsWith('Fn::')) return NOT_KNOWN_YET;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, resolved(inside)]));
}

function joined(argument: unknown): string {
  const [separator, parts] = Array.isArray(argument) ? argument : ['', []];
  return listAt({ parts }, 'parts')
    .map((part) => String(resolved(part)))
    .join(String(separator));
}

/** Bytes of a text, or of JSON without white space, which is how AWS counts documents. */
export function bytesOf(value: unknown): number {
  const whole = resolved(value);
  if (whole === undefined) return 0;
  return Buffer.byteLength(typeof whole === 'string' ? whole : JSON.stringify(whole));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
