import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CANARY_PARAMETERS, canaryParameters } from '../../shared/kernel/canary.ts';
import { TABLES, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import type { FunctionName, ResourceName } from '../../shared/kernel/manifest.ts';
import { outputsOf, resourcesIn, withoutHash } from '../stacks.ts';

/** What a system's roles are asked about, by ARN. */
export interface DeployedSystem {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  readonly roleOf: (name: FunctionName) => string;
  /** Several where a resource of a manifest is a table and its indexes; none of what the system has not got. */
  readonly arnsOf: (name: ResourceName) => readonly string[];
  readonly careTable: string;
}

const indexes = (table: string, { indexes = {} }: TableShape): string[] =>
  Object.keys(indexes).map((name) => `${table}/index/${name}`);

/** Where a resource of a manifest is, by logical id; keys and attributes it may be limited to are `simulate.ts`'s. */
const PLACES: Readonly<Record<ResourceName, readonly string[]>> = {
  registry: ['Registry'],
  registryChanges: ['Registry/index/changes'],
  registryRegistrations: ['Registry/index/registrations'],
  registryButRoles: ['Registry'],
  guards: ['Registry'],
  events: ['Registry'],
  definitions: ['Registry'],
  wholeEvents: ['Registry'],
  tombstones: ['Registry'],
  roles: ['Registry'],
  feedbackTokens: ['Registry'],
  outbox: ['Outbox'],
  audit: ['Audit'],
  backups: ['Registry', 'Outbox', 'Care', 'Audit'],
  auditEntries: ['Audit', ...indexes('Audit', TABLES.audit)],
  outboxDue: ['Outbox/index/due'],
  outboxAbout: ['Outbox/index/about'],
  outboxFates: ['Outbox'],
  outboxAccount: ['Outbox'],
  outboxStream: ['Outbox/stream'],
  outboxFailures: ['OutboxFailures'],
  failedCalls: ['DefaultBus'],
  wakeUps: ['WakeUps'],
  care: ['Care'],
  feedback: ['Feedback'],
  feedbackShown: ['Feedback'],
  feedbackOpened: ['Feedback'],
  feedbackEnds: ['Feedback'],
  careUnseen: ['Care'],
  careKey: ['CareKey'],
  secretsKey: ['SecretsKey'],
  feedbackKey: ['FeedbackKey'],
  answersKey: ['FeedbackKey'],
  ticketKey: ['TicketKey'],
  mail: ['ConfigurationSet'],
  mailAccount: ['*'],
  mailSender: [],
  userPool: ['Organisers'],
  canaryKeys: CANARY_PARAMETERS.map((each) => `Canary/${each}`),
};

const STACKS = ['Data', 'Mail', 'Api', 'Identity'];

/**
 * Finds a system, with the credentials and in the region of the environment.
 *
 * @throws Error where there is none by that name
 */
export async function findDeployed(stage: string): Promise<DeployedSystem> {
  const sts = new STSClient({});
  const region = await sts.config.region();
  const { Account: account = '', Arn: caller = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const client = new CloudFormationClient({});
  // `Identity` is left out where an own provider takes its place.
  const found = (await Promise.all(STACKS.map((stack) => resourcesIn(client, `${stage}-${stack}`)))).flat();
  const outputs = (await outputsOf(client, `${stage}-Data`)) ?? {};
  const at = (service: string, resource: string): string =>
    ['arn', caller.split(':')[1], service, service === 'iam' ? '' : region, account, resource].join(':');
  const arns = new Map<string, string>([
    ['DefaultBus', at('events', 'event-bus/default')],
    ['*', '*'],
    ...CANARY_PARAMETERS.map(
      (each) => [`Canary/${each}`, at('ssm', `parameter${canaryParameters(stage)}/${each}`)] as const,
    ),
  ]);
  for (const { LogicalResourceId = '', ResourceType: type = '', PhysicalResourceId: id = '' } of found) {
    const name = withoutHash(LogicalResourceId);
    const shape = Object.entries<TableShape>(TABLES).find(([table]) => table === name.toLowerCase())?.[1];
    if (type === 'AWS::DynamoDB::Table') {
      // Restored tables are of no stack: its outputs name those in use.
      const table = `table/${outputs[`${name}TableName`] ?? id}`;
      arns.set(name, at('dynamodb', table));
      for (const index of shape ? indexes(name, shape) : [])
        arns.set(index, at('dynamodb', index.replace(name, table)));
    }
    if (type === 'AWS::KMS::Key') arns.set(name, at('kms', `key/${id}`));
    if (type === 'AWS::SQS::Queue') arns.set(name, at('sqs', id.split('/').at(-1) ?? ''));
    if (type === 'AWS::SES::ConfigurationSet') arns.set(name, at('ses', `configuration-set/${id}`));
    if (type === 'AWS::Cognito::UserPool') arns.set(name, at('cognito-idp', `userpool/${id}`));
    if (type === 'AWS::IAM::Role') arns.set(name, at('iam', `role/${id}`));
  }
  const careTable = arns.get('Care')?.split('/').at(-1);
  if (careTable === undefined) throw new Error(`there is no system ${stage} in ${region}: stacks begin with its name`);
  const newestTicketKey = [...arns.keys()]
    .filter((name) => /^TicketKey\d*$/.test(name))
    .sort(byNumber)
    .at(-1);
  if (newestTicketKey) arns.set('TicketKey', arns.get(newestTicketKey) ?? '');
  const outbox = arns.get('Outbox')?.split('/').at(-1);
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: outbox }));
  if (Table?.LatestStreamArn) arns.set('Outbox/stream', Table.LatestStreamArn);
  return {
    ...{ stage, account, region, careTable },
    roleOf(name) {
      const role = arns.get(`${name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}Role`);
      if (role === undefined) throw new Error(`${stage} has no function ${name}: deploy this version first`);
      return role;
    },
    arnsOf: (name) => PLACES[name].flatMap((place) => arns.get(place) ?? []),
  };
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
