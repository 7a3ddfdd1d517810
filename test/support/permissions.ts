import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MANIFESTS } from '../../functions/manifests.ts';
import {
  ANSWERS_PREFIX,
  END_ATTRIBUTES,
  EVENT_LIST,
  EVENT_PREFIX,
  FEEDBACK_KEYS_PREFIX,
  GUARD_PREFIX,
  ISSUED_TOKENS_PREFIX,
  PUBLISHED_PREFIX,
  ROLE_PREFIXES,
  SPENT_TOKENS_PREFIX,
  type TABLES,
  TOMBSTONE_PREFIX,
  WORDS_PREFIX,
} from '../../shared/kernel/dynamo/tables.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import type { FunctionName, ResourceName } from '../../shared/kernel/manifest.ts';

const running = new AsyncLocalStorage<FunctionName>();

/**
 * Runs a function's code with its own permissions on tables, as on AWS: what its role does not allow is refused, so
 * that a call which was forgotten in its manifest fails here and not at the first event.
 */
export const asFunction = <T>(name: FunctionName, work: () => Promise<T>): Promise<T> => running.run(name, work);

/** What a test does itself while a function runs: it may do anything. */
export const asTest = <T>(work: () => T): T => running.exit(work);

/** Tables by the resources that stand for access to them. */
const RESOURCES: Readonly<Record<string, readonly ResourceName[]>> = {
  [ENVIRONMENT.registry]: [
    'registry',
    'registryButRoles',
    'roles',
    'definitions',
    'wholeEvents',
    'tombstones',
    'guards',
    'events',
    'feedbackTokens',
    'backups',
  ],
  [ENVIRONMENT.outbox]: ['outbox', 'outboxAccount', 'outboxFates', 'backups'],
  [ENVIRONMENT.care]: ['care', 'careUnseen', 'backups'],
  [ENVIRONMENT.audit]: ['audit', 'auditEntries', 'backups'],
  [ENVIRONMENT.feedback]: ['feedback', 'feedbackShown', 'feedbackOpened', 'feedbackEnds'],
};

type IndexName = {
  [Table in keyof typeof TABLES]: (typeof TABLES)[Table] extends { readonly indexes: infer Of } ? keyof Of : never;
}[keyof typeof TABLES];

const INDEXES: Readonly<Record<string, readonly ResourceName[]>> = {
  due: ['outboxDue'],
  about: ['outboxAbout'],
  changes: ['registryChanges'],
  registrations: ['registryRegistrations'],
  member: ['auditEntries'],
  person: ['auditEntries'],
  kind: ['auditEntries'],
} satisfies Record<IndexName, readonly ResourceName[]>;

/** What partitions begin with to which access through a resource is limited. */
const LEADING_KEYS: Readonly<Partial<Record<ResourceName, readonly string[]>>> = {
  roles: Object.values(ROLE_PREFIXES),
  definitions: [EVENT_PREFIX, EVENT_LIST],
  wholeEvents: [EVENT_PREFIX, EVENT_LIST, ...Object.values(ROLE_PREFIXES)],
  tombstones: [TOMBSTONE_PREFIX],
  guards: [GUARD_PREFIX],
  events: [EVENT_PREFIX, FEEDBACK_KEYS_PREFIX],
  feedbackTokens: [FEEDBACK_KEYS_PREFIX, ISSUED_TOKENS_PREFIX],
  feedback: [ANSWERS_PREFIX, SPENT_TOKENS_PREFIX],
  feedbackShown: [PUBLISHED_PREFIX, WORDS_PREFIX],
  feedbackOpened: [ANSWERS_PREFIX],
};

/** What they begin with where a resource gives no access. */
const OTHER_KEYS: Readonly<Partial<Record<ResourceName, readonly string[]>>> = {
  registryButRoles: Object.values(ROLE_PREFIXES),
};

/** Attributes that may be named through a resource, and must be. */
const ATTRIBUTES: Readonly<Partial<Record<ResourceName, readonly string[]>>> = { feedbackEnds: END_ATTRIBUTES };

type Key = Readonly<Record<string, unknown>>;

/** What names attributes in a call. */
interface Expressions {
  readonly ProjectionExpression?: string;
  readonly FilterExpression?: string;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
}

interface Of extends Expressions {
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly TableName: string;
  readonly Key?: Key;
  readonly Item?: Key;
}

interface Input extends Partial<Of> {
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly Key[] }>>;
  readonly TransactItems?: readonly Readonly<Record<string, Of>>[];
}

interface Access {
  readonly action: string;
  readonly table: string;
  readonly index?: string | undefined;
  /** Partitions of the items that the call names, or the one that it queries. */
  readonly keys: readonly string[];
  readonly expressions: Expressions;
}

/** The partition of a table or index that a query asks for: DynamoDB takes it by `=` alone. */
function queriedIn({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Input): string[] {
  const [, value] = /(?<!:)\b\w+ = (:\w+)/.exec(KeyConditionExpression) ?? [];
  return value === undefined ? [] : [String(ExpressionAttributeValues[value])];
}

const keyIn = ({ Key, Item }: Partial<Of>): string[] => [Key, Item].flatMap((key) => (key ? [String(key['pk'])] : []));

/**
 * What was there, as the answer to a write, takes the right to read it here. On AWS it may not: `dynamodb:ReturnValues` limits what a write
 * answers, and no document says whether it covers what a failed condition shows. So no function of ours may depend on either.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const withRead = (
  access: Access,
  { ReturnValues = 'NONE', ReturnValuesOnConditionCheckFailure }: Partial<Of>,
): Access[] =>
  ReturnValues !== 'NONE' || ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
    ? [access, { ...access, action: 'GetItem' }]
    : [access];

/** What IAM asks for: a transaction needs the permission for each thing that it does. */
function accessesOf(command: string, { IndexName: index, RequestItems, TransactItems, ...of }: Input): Access[] {
  const operation = command.replace(/(Item)?Command$/, '');
  if (RequestItems)
    return Object.entries(RequestItems).map(([table, { Keys = [] }]) => ({
      ...{ action: `${operation}Item`, table },
      keys: Keys.map(({ pk }) => String(pk)),
      expressions: {},
    }));
  if (TransactItems)
    return TransactItems.flatMap((item) =>
      Object.entries(item).flatMap(([kind, each]) => {
        const access = { action: `${kind}Item`, table: each.TableName, keys: keyIn(each), expressions: each };
        return withRead(access, each);
      }),
    );
  const ofMany = ['Query', 'Scan'].includes(operation);
  const action = ofMany || operation.startsWith('Describe') ? operation : `${operation}Item`;
  const keys = ofMany ? queriedIn(of) : keyIn(of);
  return withRead({ action, table: of.TableName ?? '', index, keys, expressions: of }, of);
}

const WORDS = /^(SET|AND|OR|NOT|begins_with|attribute_(not_)?exists|if_not_exists)$/;

/** Whether a call names these attributes alone; one that reads many items has to say which it wants. */
function namesOnly(allowed: readonly string[], action: string, expressions: Expressions): boolean {
  if (['Scan', 'Query', 'GetItem'].includes(action) && expressions.ProjectionExpression === undefined) return false;
  const { ProjectionExpression, FilterExpression, UpdateExpression, ConditionExpression } = expressions;
  const all = [ProjectionExpression, FilterExpression, UpdateExpression, ConditionExpression].join(' ');
  const named = all.match(/[#:]?\w+/g) ?? [];
  return named.every((word) => word.startsWith(':') || WORDS.test(word) || allowed.includes(word));
}

const beginsWith = (key: string, begins: readonly string[]): boolean => begins.some((begin) => key.startsWith(begin));

function require(name: FunctionName, { action, table, index, keys, expressions }: Access): void {
  const variable = Object.keys(RESOURCES).find((each) => process.env[each] === table) ?? '';
  const resources = (index === undefined ? RESOURCES[variable] : INDEXES[index]) ?? [];
  const isAllowed = resources.some((each) => {
    const actions: readonly string[] = MANIFESTS[name].access[each] ?? [];
    const leading = LEADING_KEYS[each];
    const isWithin = leading === undefined || keys.every((key) => beginsWith(key, leading));
    const isBeyond = keys.some((key) => beginsWith(key, OTHER_KEYS[each] ?? []));
    const attributes = ATTRIBUTES[each];
    const isNamed = attributes === undefined || namesOnly(attributes, action, expressions);
    return actions.includes(`dynamodb:${action}`) && isWithin && !isBeyond && isNamed;
  });
  if (!isAllowed) throw new Error(`AccessDenied: ${name} may not ${action} ${variable} ${keys}`);
}

/**
 * Before anything else looks at a call, and before items become attribute values. It is put into the client's own chain, through which a
 * call goes however it is sent.
 */
const from = DynamoDBDocumentClient.from.bind(DynamoDBDocumentClient);

DynamoDBDocumentClient.from = function refusing(...given: Parameters<typeof from>) {
  const client = from(...given);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = running.getStore();
      if (name)
        for (const access of accessesOf(String(context.commandName), args.input as Input)) require(name, access);
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'refuse', override: true },
  );
  return client;
};
