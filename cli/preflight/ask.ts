import { APIGatewayClient, GetAccountCommand as GetApiAccountCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Config } from '../../infra/config.ts';
import { askSes } from '../../shared/mail/account/look-at-account.case.ts';
import { outputsOf } from '../stacks.ts';
import { NEW_TABLE_WRITES } from './carries.ts';
import { type Availability, SERVICES, type Service } from './regions.ts';
import { delegationProblems, found, nameProblems, typeProblems, zoneProblems } from './zone.ts';

/** An answer, or why there is none: the name of AWS's error. */
export type AwsAnswer<T> = { readonly answer: T } | { readonly refused: string };

/** What AWS says of an account, of a region in it, and of a system there, if there is one. Nothing is changed. */
export interface AskedAccount {
  readonly id: string;
  readonly region: string;
  /** Of the system, as it is configured. */
  readonly name: string;
  readonly availability: AwsAnswer<Availability>;
  /** Regions that are not prepared for CDK, of those that the configuration needs. */
  readonly unprepared: AwsAnswer<readonly string[]>;
  /** See `zone.ts`. */
  readonly alike: AwsAnswer<readonly string[]>;
  readonly types: AwsAnswer<readonly string[]>;
  /** See `zone.ts`; absent without a hosted zone. */
  readonly zone?: AwsAnswer<readonly string[]>;
  readonly delegation?: AwsAnswer<readonly string[]>;
  /** Functions that may run at once. */
  readonly concurrency: AwsAnswer<number>;
  /** Requests a second. */
  readonly requestsPerSecond: AwsAnswer<number>;
  /** Its sender is that of the system; without one, it is nobody's. */
  readonly mail: AwsAnswer<MailAccount>;
  readonly sender?: string;
  /** Absent without a mail domain, or where SES has not got it. */
  readonly mailDomain?: AwsAnswer<MailDomain>;
  /** What the configuration says that SES takes. */
  readonly mailsPerSecond: number;
  /** What is deployed under the system's name, by stack without that name; stacks that are not there are left out. */
  readonly stacks: AwsAnswer<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /** Write units a second of the Registry table, or of a new one. */
  readonly writeUnitsPerSecond: AwsAnswer<number>;
  /** Whether Cognito mails codes itself, 50 a day; absent without a pool of ours. */
  readonly cognitoMails?: AwsAnswer<boolean>;
}

/** What SES has of a domain that mail is from. */
interface MailDomain {
  readonly name: string;
  /** Of the system; another one was made by hand, or by another system. */
  readonly isOwn: boolean;
  /** How far SES is with its records, as it says itself: `PENDING`, `SUCCESS`. */
  readonly dkim: string;
  readonly mailFrom: string;
  /** Where mail comes back to. */
  readonly mailFromDomain: string;
}

type MailAccount = Awaited<ReturnType<ReturnType<typeof askSes>>>;

/** Reserved, and verified by nobody. */
const NOBODY = 'plenary@example.org';

/** Stacks that are asked for what they put out. */
const STACKS = ['Data', 'Mail', 'Web', 'Identity', 'Api', 'Pages', 'Watch', 'Dns'] as const;
/** In the one region from which CloudFront takes them. */
const AT_THE_EDGE = ['Edge', 'Waf'] as const;
const EDGE_REGION = 'us-east-1';

/**
 * Asks AWS, with the credentials and in the region of the environment.
 *
 * @throws what AWS says where there are no credentials, or no region
 */
export async function askAccount(config: Config): Promise<AskedAccount> {
  const { name, site, isFiltered, hostedZoneId, mailDomain: domain, mailsPerSecond } = config;
  const sts = new STSClient({});
  const region = await sts.config.region().catch(() => {
    throw new Error('no region: export AWS_REGION=ap-southeast-1, or whichever is to hold the system');
  });
  const { Account: id = '' } = await sts
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => refusedIn(region, error));
  const stacks = await asked(() => deployedStacks(name));
  const outputs = 'answer' in stacks ? stacks.answer : {};
  const sender = outputs['Mail']?.['MailFrom'];
  const needsEdge = isFiltered || (site !== undefined && site.certificateArn === undefined);
  const [availability, unprepared, concurrency, requestsPerSecond, mail, writeUnitsPerSecond, alike, types] =
    await Promise.all([
      asked(whereServicesAre),
      asked(() => unpreparedOf(needsEdge ? [...new Set([region, EDGE_REGION])] : [region])),
      asked(
        async () =>
          (await new LambdaClient({}).send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions ?? 0,
      ),
      asked(
        async () =>
          (await new APIGatewayClient({}).send(new GetApiAccountCommand({}))).throttleSettings?.rateLimit ?? 0,
      ),
      asked(askSes(new SESv2Client({}), sender ?? NOBODY)),
      asked(() => writeUnitsOf(outputs['Data']?.['RegistryTableName'])),
      asked(() => nameProblems(config)),
      asked(() => typeProblems(config)),
    ]);
  const isOwn = outputs['Mail']?.['MailDomainVerified'] !== undefined;
  const mailDomain = domain === undefined ? undefined : await asked(() => mailDomainOf(domain, isOwn));
  const pool = /cognito-idp\.[^/]+\/([\w-]+)$/.exec(outputs['Identity']?.['Issuer'] ?? '')?.[1];
  return {
    ...{ id, region, name, availability, unprepared, alike, types, stacks },
    ...{ concurrency, requestsPerSecond, mail, writeUnitsPerSecond, mailsPerSecond },
    ...(hostedZoneId !== undefined && {
      zone: await asked(() => zoneProblems(config)),
      delegation: await asked(() => delegationProblems(hostedZoneId)),
    }),
    ...(sender !== undefined && { sender }),
    ...(mailDomain !== undefined && !isMissing(mailDomain) && { mailDomain }),
    ...(pool !== undefined && { cognitoMails: await asked(() => mailsByItself(pool)) }),
  };
}

/**
 * A region that an account has to enable first calls its credentials invalid, as it would those of nobody.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 *
 * @throws Error that says so, where they are valid elsewhere; else what AWS said
 */
async function refusedIn(region: string, error: unknown): Promise<never> {
  const isInvalid = error instanceof Error && /^(InvalidClientTokenId|UnrecognizedClientException)$/.test(error.name);
  if (!isInvalid || region === EDGE_REGION) throw error;
  await new STSClient({ region: EDGE_REGION }).send(new GetCallerIdentityCommand({}));
  const enable = `aws account enable-region --region-name ${region}, and wait until it is`;
  const enabled = 'where it is, take session tokens from a regional endpoint of STS';
  throw new Error(`${region} does not know this account, which ${EDGE_REGION} does: ${enable}; ${enabled}`);
}

/** One question that is refused or fails keeps none of the others from being asked. */
async function asked<T>(ask: () => Promise<T>): Promise<AwsAnswer<T>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    return { refused: error instanceof Error ? error.name : 'Error' };
  }
}

async function mailDomainOf(name: string, isOwn: boolean): Promise<MailDomain> {
  const identity = await new SESv2Client({}).send(new GetEmailIdentityCommand({ EmailIdentity: name }));
  const { MailFromDomainStatus: mailFrom = 'NOT_STARTED', MailFromDomain: mailFromDomain = '' } =
    identity.MailFromAttributes ?? {};
  return { name, isOwn, dkim: identity.DkimAttributes?.Status ?? 'NOT_STARTED', mailFrom, mailFromDomain };
}

const isMissing = (answer: AwsAnswer<unknown>): boolean =>
  'refused' in answer && answer.refused === 'NotFoundException';

/** The list is the same wherever it is asked for; not every region has it. */
async function whereServicesAre(): Promise<Availability> {
  const ssm = new SSMClient({ region: 'us-east-1' });
  const found = await Promise.all(
    (Object.keys(SERVICES) as Service[]).map(async (service) => [service, await regionsOf(ssm, service)] as const),
  );
  return Object.fromEntries(found) as Record<Service, readonly string[]>;
}

async function regionsOf(ssm: SSMClient, service: Service): Promise<readonly string[]> {
  const Path = `/aws/service/global-infrastructure/services/${service}/regions`;
  const regions: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new GetParametersByPathCommand({ Path, NextToken }));
    regions.push(...(page.Parameters ?? []).map(({ Value = '' }) => Value));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return regions;
}

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
async function unpreparedOf(regions: readonly string[]): Promise<readonly string[]> {
  const Name = '/cdk-bootstrap/hnb659fds/version';
  const prepared = regions.map((region) =>
    found(new SSMClient({ region }).send(new GetParameterCommand({ Name })), 'ParameterNotFound'),
  );
  const are = await Promise.all(prepared);
  return regions.filter((_, at) => !are[at]);
}

async function deployedStacks(name: string): Promise<Record<string, Record<string, string>>> {
  const [here, edge] = [new CloudFormationClient({}), new CloudFormationClient({ region: EDGE_REGION })];
  const stacks: Record<string, Record<string, string>> = {};
  const all = [...STACKS.map((stack) => [stack, here] as const), ...AT_THE_EDGE.map((stack) => [stack, edge] as const)];
  for (const [stack, client] of all) {
    const outputs = await outputsOf(client, `${name}-${stack}`);
    if (outputs !== undefined) stacks[stack] = outputs;
  }
  return stacks;
}

async function writeUnitsOf(TableName: string | undefined): Promise<number> {
  if (TableName === undefined) return NEW_TABLE_WRITES;
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName }));
  return Table?.WarmThroughput?.WriteUnitsPerSecond ?? NEW_TABLE_WRITES;
}

async function mailsByItself(UserPoolId: string): Promise<boolean> {
  const client = new CognitoIdentityProviderClient({});
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  return UserPool?.EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER';
}
