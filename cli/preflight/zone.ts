import { resolveNs } from 'node:dns/promises';
import { CloudFormationClient, DescribeTypeCommand, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { Config } from '../../infra/config.ts';
import { type DnsRecord, isMade, recordsOf } from '../../infra/stacks/dns.ts';
import { resourcesIn } from '../stacks.ts';

/**
 * Why records of a configuration cannot be made in its hosted zone: they lie outside, or the zone has others of that name and type.
 *
 * CloudFormation would find out after everything else was deployed, and then make none of them. What the system's own stack made before is no
 * problem.
 *
 * @returns a line for each, with what to do; nothing without a hosted zone
 */
export async function zoneProblems(config: Config): Promise<readonly string[]> {
  const { hostedZoneId: Id, mailDomain, name, site } = config;
  if (Id === undefined) return [];
  const route53 = new Route53Client({});
  // SES makes the names of its records, which nobody else has.
  const dkim = mailDomain === undefined ? [] : [{ name: `dkim._domainkey.${mailDomain}`, value: '' }];
  const all = recordsOf(config, { region: '', distribution: '', dkim });
  const wanted = all.filter((record) => isMade(config, record));
  const { HostedZone } = await route53.send(new GetHostedZoneCommand({ Id }));
  const zone = bare(HostedZone?.Name);
  if (HostedZone?.Config?.PrivateZone)
    return [
      `the zone ${zone} of plenary:hostedZoneId ${Id} is private: expected the public one, which browsers and mail servers ask`,
    ];
  const named = [...wanted.map((record) => record.name), ...(site && !site.certificateArn ? [site.domain] : [])];
  const outside = [...new Set(named)].filter((each) => each !== zone && !each.endsWith(`.${zone}`));
  if (outside.length > 0) {
    return outside.map(
      (each) => `${each} is not in the zone ${zone} of plenary:hostedZoneId ${Id}: expected the zone that has it`,
    );
  }
  const own = await madeBefore(`${name}-Dns`);
  const others = wanted.filter(({ id }) => !own.has(id));
  const found = await Promise.all(others.map(async (record) => (await isThere(route53, Id, record)) && record));
  return found.flatMap((record) => (record ? [taken(record)] : []));
}

/**
 * Why records in the hosted zone are seen by nobody: DNS names other servers for the domain, or none. CloudFormation would wait for days for the
 * certificate, which ACM proves by such a record.
 * https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html
 *
 * @throws Error with the code of DNS as its name
 */
export async function delegationProblems(Id: string): Promise<readonly string[]> {
  const { HostedZone, DelegationSet } = await new Route53Client({}).send(new GetHostedZoneCommand({ Id }));
  const [zone, servers] = [bare(HostedZone?.Name), (DelegationSet?.NameServers ?? []).map(bare)];
  const named = await resolveNs(zone).catch((error: NodeJS.ErrnoException) => {
    if (/^(ENODATA|ENOTFOUND)$/.test(error.code ?? '')) return [];
    throw Object.assign(error, { name: error.code });
  });
  if (servers.length === 0 || named.some((each) => servers.includes(bare(each)))) return [];
  return [
    `DNS leads to no name server of the hosted zone ${zone}: give its registrar, or the zone above, ${servers.join(', ')}`,
  ];
}

/**
 * Why a system cannot have its name: another one of the region has it but for its capitals, and Cognito knows none in the address of the pages
 * on which organisers of both would sign in. Cognito would find out after tables and site were deployed.
 *
 * @returns a line with what to do; nothing where organisers sign in elsewhere
 */
export async function nameProblems({ name, signIn }: Config): Promise<readonly string[]> {
  if (signIn !== undefined) return [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client: new CloudFormationClient({}) }, {}))
    for (const { StackName = '', StackStatus } of StackSummaries) {
      const other = StackName.replace(/-(Data|Identity)$/, '');
      const isOther = other !== StackName && other !== name && other.toLowerCase() === name.toLowerCase();
      if (isOther && StackStatus !== 'DELETE_COMPLETE')
        return [
          `plenary:name = "${name}": ${other} is deployed here, and Cognito tells no capitals apart; expected a name that differs in more`,
        ];
    }
  return [];
}

/** What CloudFormation makes in some regions alone, whatever their services are, and what to do there. */
const NOT_EVERYWHERE = {
  'AWS::ApiGatewayV2::Api': 'expected another one',
  'AWS::SES::ConfigurationSet': 'expected another one',
  'AWS::Budgets::Budget': 'leave plenary:monthlyBudget out, and make one by hand, in Billing of the AWS console',
} as const;

/**
 * Why the region of the environment cannot have what a configuration asks for: CloudFormation has no such type there, and would refuse a stack
 * that names it when all before it are deployed.
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2177
 */
export async function typeProblems({ monthlyBudget }: Config): Promise<readonly string[]> {
  const client = new CloudFormationClient({});
  const asked = Object.entries(NOT_EVERYWHERE).map(async ([TypeName, todo]) => {
    if (monthlyBudget === undefined && TypeName === 'AWS::Budgets::Budget') return [];
    const ask = client.send(new DescribeTypeCommand({ Type: 'RESOURCE', TypeName }));
    const isThere = await found(ask, 'TypeNotFoundException');
    return isThere ? [] : [`CloudFormation makes no ${TypeName} in this region: ${todo}`];
  });
  return (await Promise.all(asked)).flat();
}

const taken = ({ kind, name, type }: DnsRecord): string =>
  `${name} has a record ${type} already, or one that excludes it. It is never overwritten: put ${kind} into plenary:leaveRecords, or delete it`;

const bare = (name = ''): string => name.toLowerCase().replace(/\.$/, '');

/** Beside a CNAME a name can have nothing else. */
async function isThere(route53: Route53Client, HostedZoneId: string, { name, type }: DnsRecord): Promise<boolean> {
  const ask = new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name, MaxItems: 100 });
  const { ResourceRecordSets = [] } = await route53.send(ask);
  const types = ResourceRecordSets.filter((each) => bare(each.Name) === name.toLowerCase()).map(({ Type }) => Type);
  return types.some((each) => each === type || each === 'CNAME' || type === 'CNAME');
}

/** Logical ids of what a stack made. */
async function madeBefore(stack: string): Promise<ReadonlySet<string | undefined>> {
  const resources = await resourcesIn(new CloudFormationClient({}), stack);
  const there = resources.filter(({ ResourceStatus = '' }) => !/DELETE_COMPLETE|CREATE_FAILED/.test(ResourceStatus));
  return new Set(there.map(({ LogicalResourceId }) => LogicalResourceId));
}

/** @returns false where an error of that name says that it is not there */
export async function found(answer: Promise<unknown>, missing: string): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === missing) return false;
    throw error;
  }
}
