import { randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { DeployedSystem } from './deployed.ts';

/** What the statements of a function's role are called in its template. */
const PolicyName = 'Permissions';

/** A role is known everywhere only some seconds after it was made. */
const PATIENCE = 40;

/** Seconds after which DynamoDB deletes what an interrupted probe leaves. */
const LEFT = 3600;

interface Waiting {
  /**
   * Waits for a second.
   *
   * @throws where the command is stopped
   */
  readonly second: () => Promise<unknown>;
}

/**
 * Makes the calls that a simulation cannot settle, as a role with the statements of `registration`, which puts in `Care` and reads nothing
 * there: on an item of its own that it knows the key of. Role and item are deleted again, also where it is stopped.
 */
export async function probe(
  { stage, account, careTable: TableName, roleOf }: DeployedSystem,
  { second }: Waiting,
): Promise<{ readonly lines: readonly string[]; readonly differences: number }> {
  const [iam, sts, own] = [new IAMClient({}), new STSClient({}), new DynamoDBClient({})];
  const name = randomBytes(6).toString('hex');
  const RoleName = `${stage}-prove-iam-${name}`;
  const Key = { pk: { S: `PROBE#${name}` }, sk: { S: 'probe' } };
  const Item = { ...Key, expiresAt: { N: String(Math.floor(Date.now() / 1000) + LEFT) } };
  const again: PutItemCommandInput = { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' };
  const shown = { ...again, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  try {
    const copied = await iam.send(
      new GetRolePolicyCommand({ RoleName: roleOf('registration').split('/').at(-1), PolicyName }),
    );
    const trusted = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' };
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [trusted] });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const PolicyDocument = decodeURIComponent(copied.PolicyDocument ?? '');
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    await own.send(new PutItemCommand({ TableName, Item }));
    const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'prove-iam' });
    const { Credentials } = await patiently(() => sts.send(assume), second);
    const as = new DynamoDBClient({
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        ...(Credentials?.SessionToken && { sessionToken: Credentials.SessionToken }),
      },
    });
    const put = (input: PutItemCommandInput) => outcomeOf(() => as.send(new PutItemCommand(input)));
    // Once it may put at all, what else is refused is refused for good.
    for (let tried = 0; (await put(again)) === 'refused' && tried < PATIENCE; tried += 1) await second();
    const held = {
      'a write that fails by its condition': [await put(again), 'fails'],
      'to read it': [await outcomeOf(() => as.send(new GetItemCommand({ TableName, Key }))), 'refused'],
      'to be answered what was there': [await put({ TableName, Item, ReturnValues: 'ALL_OLD' }), 'refused'],
    };
    const open = {
      'shows what is there': await put(shown),
      'of a transaction shows what is there': await outcomeOf(() =>
        as.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { ...shown, Item, TableName } }] })),
      ),
    };
    const differing = Object.values(held).filter(([is, wanted]) => is !== wanted);
    return {
      lines: [
        `as a copy of the role of registration, on an item of ${TableName}:`,
        ...Object.entries(held).map(
          ([what, [is, wanted]]) => `    ${what}: ${is}${is === wanted ? '' : `, expected ${wanted}`}`,
        ),
        ...Object.entries(open).map(([what, is]) => `    open: a failed condition ${what}: ${SAID[is]}`),
      ],
      differences: differing.length,
    };
  } finally {
    await quietly(() => own.send(new DeleteItemCommand({ TableName, Key })));
    await quietly(() => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    await quietly(() => iam.send(new DeleteRoleCommand({ RoleName })));
  }
}

type Outcome = 'done' | 'fails' | 'shown' | 'refused';

const SAID: Readonly<Record<Outcome, string>> = {
  shown: 'yes; IAM does not keep it from being read',
  refused: 'no, IAM refuses to be asked',
  fails: 'no, it is left out of the answer',
  done: 'the condition did not fail: nothing was learnt',
};

/** @throws whatever is neither of IAM nor of the condition */
async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    await call();
    return 'done';
  } catch (error) {
    const { name, Item, CancellationReasons: [reason] = [] } = error as Error & Partial<Failure>;
    if (/^AccessDenied/.test(name)) return 'refused';
    if (!/^(ConditionalCheckFailed|TransactionCanceled)/.test(name)) throw error;
    return (Item ?? reason?.Item) === undefined ? 'fails' : 'shown';
  }
}

interface Failure {
  readonly Item: object;
  readonly CancellationReasons: readonly { readonly Item?: object }[];
}

async function patiently<T>(ask: () => Promise<T>, second: Waiting['second']): Promise<T> {
  for (let tried = 0; ; tried += 1)
    try {
      return await ask();
    } catch (error) {
      if (tried >= PATIENCE || !(error instanceof Error && /^AccessDenied/.test(error.name))) throw error;
      await second();
    }
}

/** What was not made cannot be deleted. */
async function quietly(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    const isGone = error instanceof Error && /^NoSuchEntity/.test(error.name);
    if (!isGone) console.error(`not deleted: ${error instanceof Error ? error.message : String(error)}`);
  }
}
