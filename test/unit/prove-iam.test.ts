import { readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDeployed } from '../../cli/prove-iam/deployed.ts';
import { probe } from '../../cli/prove-iam/probe.ts';
import { simulate } from '../../cli/prove-iam/simulate.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>
  >;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** The templates that are deployed, as their golden has them. */
const STACKS = Object.fromEntries(
  ['Data', 'Mail', 'Api', 'Identity'].map((name) => [
    name,
    JSON.parse(readFileSync(`test/golden/templates/${name}.json`, 'utf8')) as Template,
  ]),
);
const RESOURCES = Object.assign(
  {},
  ...Object.values(STACKS).map(({ Resources }) => Resources),
) as Template['Resources'];
const EXPORTS = new Map(
  Object.values(STACKS).flatMap(({ Outputs }) =>
    Object.values(Outputs).map(({ Value, Export }) => [Export?.Name ?? '', Value] as const),
  ),
);
const [ACCOUNT, REGION] = ['111122223333', 'ap-southeast-1'];

/** What CloudFormation would put in place of a reference. */
function deployedValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, of] = ['', undefined]] = Object.entries(value);
  if (kind === 'Fn::ImportValue') return deployedValue(EXPORTS.get(String(of)));
  if (kind === 'Fn::Join') return (of as [string, unknown[]])[1].map(deployedValue).join('');
  if (kind === 'Ref')
    return { 'AWS::Region': REGION, 'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws' }[String(of)] ?? String(of);
  const [id = '', attribute] = of as string[];
  const type = RESOURCES[id]?.Type;
  const resource = { 'AWS::DynamoDB::Table': `table/${id}`, 'AWS::KMS::Key': `key/${id}`, 'AWS::SQS::Queue': id }[
    type ?? ''
  ];
  const arn = `arn:aws:${type?.split('::')[1]?.toLowerCase()}:${REGION}:${ACCOUNT}:${resource}`;
  return attribute === 'StreamArn' ? `${arn}/stream/now` : arn;
}

const roles = new Map(
  Object.entries(RESOURCES).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const policies = (Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    return [[id, policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)] as const];
  }),
);

/** IAM, as far as our roles need it. */
const isAllowed = (
  statements: readonly Statement[],
  action: string,
  arn: string,
  context: Map<string, string>,
): boolean =>
  statements.some(
    ({ Action, Resource, Condition = {} }) =>
      [Action].flat().includes(action) &&
      [Resource].flat().some((each) => ['*', arn].includes(deployedValue(each))) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => {
          const value = context.get(key);
          if (value === undefined) return operator !== 'StringEquals';
          const isMet = [wanted]
            .flat()
            .map(deployedValue)
            .some((each) => (each.endsWith('*') ? value.startsWith(each.slice(0, -1)) : value === each));
          return operator.endsWith('NotLike') ? !isMet : isMet;
        }),
      ),
  );

function simulated({ PolicySourceArn = '', ActionNames = [], ResourceArns = [], ContextEntries = [] }: Asked) {
  const context = new Map(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues: [value = ''] = [] }) => [ContextKeyName, value]),
  );
  const statements = roles.get(PolicySourceArn.split('/')[1] ?? '') ?? [];
  const decide = (action: string, arn: string) =>
    isAllowed(statements, action, arn, context) ? 'allowed' : 'implicitDeny';
  return {
    EvaluationResults: ActionNames.map((action) => ({
      EvalActionName: action,
      EvalDecision: 'implicitDeny' as const,
      ResourceSpecificResults: ResourceArns.map((arn) => ({
        EvalResourceName: arn,
        EvalResourceDecision: decide(action, arn) as 'allowed',
      })),
    })),
  };
}
type Asked = SimulatePrincipalPolicyCommandInput;

const clients = {
  sts: mockClient(STSClient),
  formation: mockClient(CloudFormationClient),
  dynamodb: mockClient(DynamoDBClient),
  iam: mockClient(IAMClient),
};
const error = (name: string, more = {}) => Object.assign(new Error(name), { name, ...more });

beforeEach(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'one');
  vi.stubEnv('AWS_REGION', REGION);
  for (const each of Object.values(clients)) each.reset();
  clients.sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/one` });
  clients.formation.on(ListStackResourcesCommand).callsFake(({ StackName }) => {
    const { Resources = {} } = STACKS[StackName.split('-')[1]] ?? {};
    if (!StackName.startsWith('Plenary-')) throw error('ValidationError');
    return {
      StackResourceSummaries: Object.entries(Resources).map(([LogicalResourceId, { Type }]) => ({
        ...{ LogicalResourceId, ResourceType: Type },
        PhysicalResourceId: Type === 'AWS::SQS::Queue' ? `https://sqs/${LogicalResourceId}` : LogicalResourceId,
      })),
    };
  });
  clients.formation.on(DescribeStacksCommand).resolves({ Stacks: [] });
  const LatestStreamArn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/Outbox27BBF20A/stream/now`;
  clients.dynamodb.on(DescribeTableCommand).resolves({ Table: { LatestStreamArn } });
  clients.iam.on(SimulatePrincipalPolicyCommand).callsFake(simulated);
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const each of Object.values(clients)) each.restore();
});

describe('IN2: the roles of a deployed system, by IAM', () => {
  it('may do what the functions declare, and nothing else, whatever the circumstances', async () => {
    const { lines, differences } = await simulate(await findDeployed('Plenary'));
    expect(lines.filter((line) => line.startsWith(' '))).toEqual([]);
    expect(differences).toBe(0);
    expect(lines.find((line) => line.startsWith('registration'))).toMatch(
      /^registration +[1-9]\d{2,} asked, \d+ allowed: as declared$/,
    );
  });

  it('a right too many, a condition that was lost and one that is lacking are told', async () => {
    const id = [...roles.keys()].find((name) => name.startsWith('RegistrationRole')) ?? '';
    const before = roles.get(id) ?? [];
    const care = before.find(({ Condition = {} }) => 'StringEqualsIfExists' in Condition);
    const tampered = before.flatMap((each) => (each === care ? [{ ...each, Condition: {} }] : [each]));
    const outbox = tampered.find(({ Resource }) => deployedValue(Resource).includes('table/Outbox'));
    roles.set(id, [
      ...tampered.filter((each) => each !== outbox),
      { Action: 'dynamodb:GetItem', Resource: care?.Resource },
    ]);
    const { lines, differences } = await simulate(await findDeployed('Plenary')).finally(() => roles.set(id, before));
    const told = lines.filter((line) => line.startsWith(' ')).map((line) => line.trim().replace(/[0-9A-F]{8}/, ''));
    expect(differences).toBe(told.length);
    expect(told).toEqual(
      expect.arrayContaining([
        'dynamodb:GetItem on table/Care, at all: allowed, and should not be',
        'dynamodb:PutItem on table/Care, with what was there as the answer: allowed, and should not be',
        'dynamodb:PutItem on table/Outbox, at all: refused, and should not be',
      ]),
    );
    expect(lines.filter((line) => /\d not as declared$/.test(line))).toHaveLength(1);
  });

  it('are asked about restored tables where these are in use', async () => {
    const named = (table: string) => ({
      OutputKey: `${table}TableName`,
      OutputValue: `Plenary-${table}-20261201T090000Z`,
    });
    const StackStatus = 'UPDATE_COMPLETE' as const;
    const Outputs = ['Registry', 'Care', 'Audit'].map(named);
    clients.formation
      .on(DescribeStacksCommand, { StackName: 'Plenary-Data' })
      .resolves({ Stacks: [{ StackName: 'Plenary-Data', CreationTime: new Date(0), StackStatus, Outputs }] });
    const { arnsOf, careTable } = await findDeployed('Plenary');
    expect(careTable).toBe('Plenary-Care-20261201T090000Z');
    const table = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/Plenary-`;
    expect([...arnsOf('registry'), ...arnsOf('registryChanges'), ...arnsOf('care')]).toEqual([
      `${table}Registry-20261201T090000Z`,
      `${table}Registry-20261201T090000Z/index/changes`,
      `${table}Care-20261201T090000Z`,
    ]);
    expect(arnsOf('outbox').join()).toContain('table/Outbox');
  });

  it('a system that is not there is named', async () => {
    await expect(findDeployed('Other')).rejects.toThrow('there is no system Other in ap-southeast-1');
  });
});

describe('the call that no document settles', () => {
  beforeEach(() => {
    const PolicyDocument = encodeURIComponent('{"Statement":[]}');
    clients.iam.on(GetRolePolicyCommand).resolves({ PolicyDocument });
    clients.iam.on(CreateRoleCommand).resolves({ Role: { Arn: 'arn:aws:iam::1:role/probe' } as never });
    const Credentials = { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) };
    clients.sts.on(AssumeRoleCommand).rejectsOnce(error('AccessDenied')).resolves({ Credentials });
    clients.dynamodb.on(GetItemCommand).rejects(error('AccessDeniedException'));
  });
  const failed = (Item?: object) =>
    new ConditionalCheckFailedException({ message: 'failed', $metadata: {}, ...(Item && { Item: Item as never }) });
  const seconds = vi.fn(async () => {});

  it('is made on an item of its own, once IAM knows the role, and leaves nothing', async () => {
    let refusals = 2;
    clients.dynamodb.on(PutItemCommand).callsFake(({ ConditionExpression, ReturnValues, Item, ...more }) => {
      if (ReturnValues) throw error('AccessDeniedException');
      if (!ConditionExpression) return {};
      if (refusals-- > 0) throw error('AccessDeniedException');
      throw failed(more.ReturnValuesOnConditionCheckFailure && Item);
    });
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }];
    clients.dynamodb
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionCanceledException({ message: 'failed', $metadata: {}, CancellationReasons }));
    const { lines, differences } = await probe(await findDeployed('Plenary'), { second: seconds });
    expect(differences).toBe(0);
    expect(lines.slice(1).map((line) => line.trim())).toEqual([
      'a write that fails by its condition: fails',
      'to read it: refused',
      'to be answered what was there: refused',
      'open: a failed condition shows what is there: yes; IAM does not keep it from being read',
      'open: a failed condition of a transaction shows what is there: no, it is left out of the answer',
    ]);
    expect(seconds).toHaveBeenCalledTimes(3);
    const [made] = clients.iam.commandCalls(CreateRoleCommand);
    const RoleName = made?.args[0].input.RoleName;
    expect(clients.iam.commandCalls(PutRolePolicyCommand)[0]?.args[0].input.PolicyDocument).toBe('{"Statement":[]}');
    expect(clients.iam.commandCalls(DeleteRoleCommand)[0]?.args[0].input).toEqual({ RoleName });
    const [kept] = clients.dynamodb.commandCalls(PutItemCommand);
    const { pk, sk } = kept?.args[0].input.Item ?? {};
    expect(clients.dynamodb.commandCalls(DeleteItemCommand)[0]?.args[0].input.Key).toEqual({ pk, sk });
  });

  it('tells a role that reads after all, and deletes its own where a call fails', async () => {
    clients.dynamodb.on(GetItemCommand).resolves({});
    clients.dynamodb.on(PutItemCommand).callsFake(({ ConditionExpression, ReturnValues }) => {
      if (ReturnValues) throw error('AccessDeniedException');
      if (ConditionExpression) throw failed();
    });
    clients.dynamodb.on(TransactWriteItemsCommand).rejects(error('AccessDeniedException'));
    const read = await probe(await findDeployed('Plenary'), { second: seconds });
    expect([read.differences, read.lines[2]]).toEqual([1, '    to read it: done, expected refused']);
    expect(read.lines.at(-1)).toContain('no, IAM refuses to be asked');

    clients.iam.on(PutRolePolicyCommand).rejects(error('LimitExceeded'));
    await expect(probe(await findDeployed('Plenary'), { second: seconds })).rejects.toThrow('LimitExceeded');
    expect(clients.iam.commandCalls(DeleteRolePolicyCommand)).toHaveLength(2);
    expect(clients.iam.commandCalls(DeleteRoleCommand)).toHaveLength(2);
  });

  it('leaves no role behind where it is stopped while it waits for IAM', async () => {
    clients.sts.on(AssumeRoleCommand).rejects(error('AccessDenied'));
    const second = async () => Promise.reject(new Error('stopped by SIGINT'));
    await expect(probe(await findDeployed('Plenary'), { second })).rejects.toThrow('stopped by SIGINT');
    expect(clients.iam.commandCalls(DeleteRoleCommand)).toHaveLength(1);
  });
});
