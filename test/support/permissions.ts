import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PERMISSIONS, type ResourceName } from '../../infra/permissions.ts';
import { ENVIRONMENT, type FunctionName } from '../../shared/env.ts';
import type { TABLES } from '../../shared/store/tables.ts';

const running = new AsyncLocalStorage<FunctionName>();

/**
 * Runs a function's code with its own permissions on tables, as on AWS: what its role does not allow is refused, so
 * that a call which was forgotten in `infra/permissions.ts` fails here and not at the first event.
 */
export const asFunction = <T>(name: FunctionName, work: () => Promise<T>): Promise<T> => running.run(name, work);

/** Tables by the resources that stand for access to them. */
const RESOURCES: Readonly<Record<string, readonly ResourceName[]>> = {
  [ENVIRONMENT.registryTable]: ['registry', 'guards'],
  [ENVIRONMENT.outboxTable]: ['outbox', 'outboxAccount', 'outboxFates'],
  [ENVIRONMENT.careTable]: ['care', 'careUnseen'],
  [ENVIRONMENT.auditTable]: ['audit'],
  [ENVIRONMENT.feedbackTable]: ['feedback', 'feedbackShown'],
};

const INDEXES: Readonly<Record<string, readonly ResourceName[]>> = {
  due: ['outboxDue'],
  about: ['outboxAbout'],
  changes: ['registryChanges'],
} satisfies Record<keyof typeof TABLES.outbox.indexes | keyof typeof TABLES.registry.indexes, readonly ResourceName[]>;

interface Input {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

type Access = readonly [action: string, table: string, index?: string | undefined];

/** What IAM asks for: a transaction needs the permission for each thing that it does. */
function accessesOf(command: string, { TableName = '', IndexName, RequestItems, TransactItems }: Input): Access[] {
  const operation = command.replace(/Command$/, '');
  if (RequestItems) return Object.keys(RequestItems).map((table) => [`${operation}Item`, table]);
  if (TransactItems)
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName: table }]): Access => [`${kind}Item`, table]),
    );
  const ofMany = ['Query', 'Scan'].includes(operation);
  return [[ofMany ? operation : `${operation}Item`, TableName, IndexName]];
}

function require(name: FunctionName, [action, table, index]: Access): void {
  const variable = Object.keys(RESOURCES).find((each) => process.env[each] === table) ?? '';
  const resources = (index === undefined ? RESOURCES[variable] : INDEXES[index]) ?? [];
  const allowed = resources.flatMap((each): readonly string[] => PERMISSIONS[name][each] ?? []);
  if (!allowed.includes(`dynamodb:${action}`)) throw new Error(`AccessDenied: ${name} may not ${action} ${variable}`);
}

const { prototype } = DynamoDBDocumentClient;
const send = prototype.send as (this: DynamoDBDocumentClient, ...sent: unknown[]) => unknown;

prototype.send = function refusing(this: DynamoDBDocumentClient, ...sent: unknown[]) {
  const name = running.getStore();
  const [command] = sent as [{ readonly constructor: { readonly name: string }; readonly input: Input }];
  if (name) for (const access of accessesOf(command.constructor.name, command.input)) require(name, access);
  return send.apply(this, sent);
} as typeof prototype.send;
