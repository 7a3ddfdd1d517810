import { APIGatewayClient, GetAccountCommand as GetApiAccountCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  DescribeTypeCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAccount } from '../../cli/preflight/ask.ts';
import { openingOf } from '../../cli/preflight/carries.ts';
import { preflightPage } from '../../cli/preflight/page.ts';
import { lackingIn, nearestWithAll, SERVICES } from '../../cli/preflight/regions.ts';
import { nameProblems, zoneProblems } from '../../cli/preflight/zone.ts';
import { readWarming } from '../../cli/warm/warm.ts';
import { readConfig } from '../../infra/config.ts';

const resolveNs = vi.hoisted(() => vi.fn());
vi.mock('node:dns/promises', () => ({ resolveNs }));

const clients = {
  sts: mockClient(STSClient),
  ssm: mockClient(SSMClient),
  lambda: mockClient(LambdaClient),
  api: mockClient(APIGatewayClient),
  ses: mockClient(SESv2Client),
  formation: mockClient(CloudFormationClient),
  dynamodb: mockClient(DynamoDBClient),
  cognito: mockClient(CognitoIdentityProviderClient),
  route53: mockClient(Route53Client),
};

const EVERYWHERE = ['ap-southeast-1', 'ap-southeast-5', 'ap-southeast-7', 'eu-west-1'];
const error = (name: string) => Object.assign(new Error(name), { name });
const listed = (...regions: readonly string[]) => ({ Parameters: regions.map((Value) => ({ Value })) });
const stack = (outputs: Readonly<Record<string, string>>, StackStatus = 'CREATE_COMPLETE') => ({
  Stacks: [
    {
      StackName: 'it',
      CreationTime: new Date(0),
      StackStatus: StackStatus as 'CREATE_COMPLETE',
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    },
  ],
});

/** A new account: no CDK, ten functions at once, a sandbox, nothing deployed. */
beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'ap-southeast-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'one');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'two');
  for (const each of Object.values(clients)) each.reset();
  clients.sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333' });
  clients.ssm.on(GetParametersByPathCommand).resolves(listed(...EVERYWHERE));
  clients.ssm.on(GetParameterCommand).rejects(error('ParameterNotFound'));
  clients.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } });
  clients.api.on(GetApiAccountCommand).resolves({ throttleSettings: { rateLimit: 10_000, burstLimit: 5000 } });
  clients.ses.on(GetAccountCommand).resolves({
    ProductionAccessEnabled: false,
    SendingEnabled: true,
    SendQuota: { MaxSendRate: 1, Max24HourSend: 200, SentLast24Hours: 0 },
  });
  clients.ses.on(GetEmailIdentityCommand).rejects(new NotFoundException({ message: 'none', $metadata: {} }));
  clients.formation.on(DescribeStacksCommand).rejects(error('ValidationError'));
  clients.formation.on(ListStacksCommand).resolves({ StackSummaries: [] });
  clients.formation.on(DescribeTypeCommand).resolves({});
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const each of Object.values(clients)) each.restore();
});

const page = async (context = {}) => preflightPage(await askAccount(readConfig(context)));

describe('a new account', () => {
  it('is told what is in the way, what to see to, and what nobody knows before', async () => {
    const { lines, isReady } = await page();
    expect(isReady).toBe(false);
    expect(lines).toEqual([
      'Account 111122223333, region ap-southeast-1. Nothing was changed.',
      '',
      'good        Region: ap-southeast-1 has every service that is needed',
      'in the way  CDK: account and region are not prepared',
      '            npx cdk bootstrap',
      'good        System: none is deployed under this name yet',
      'unknown     CloudFront: AWS says whether it serves an account only with the first distribution: docs/operations.md, "Before you deploy", 1',
      'see to it   SES: is a sandbox: only verified addresses get mail, 1 a second, 200 a day',
      '            https://ap-southeast-1.console.aws.amazon.com/ses/home?region=ap-southeast-1#/account   # request production access; about a day',
      'unknown     Sender: known once Mail is deployed',
      '',
      'Registration opens, and all who want to come press within one minute:',
      '     300 people: no: mails a day: 200 of 300',
      '   1,000 people: no: functions at once: 10 of 24; mails a day: 200 of 1,000',
      '   5,000 people: no: functions at once: 10 of 108; mails a second: 1 of 2; mails a day: 200 of 5,000',
      '  20,000 people: no: functions at once: 10 of 420; write units a second: 4,000 of 6,000; mails a second: 1 of 6; mails a day: 200 of 20,000',
      '',
      'For 20,000:',
      '    aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
      '    npm run warm -- --stage Plenary --table Registry --write-units 6000   # once it is deployed; says first what it costs',
      '    https://ap-southeast-1.console.aws.amazon.com/servicequotas/home/services/ses/quotas   # Sending rate: 6',
      '    https://ap-southeast-1.console.aws.amazon.com/servicequotas/home/services/ses/quotas   # Sending quota: 20000',
    ]);
  });

  it('changes nothing: each question is one that only reads', async () => {
    await page();
    const asked = Object.values(clients).flatMap((each) => each.calls().map(({ args: [it] }) => it.constructor.name));
    expect(asked.length).toBeGreaterThan(15);
    for (const name of asked) expect(name).toMatch(/^(Get|Describe|List)/);
  });
});

describe('an account that was made ready', () => {
  beforeEach(() => {
    clients.ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '28' } });
    clients.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 1000 } });
    clients.ses.on(GetAccountCommand).resolves({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 0 },
    });
    const outputs = {
      Data: { RegistryTableName: 'registry' },
      Mail: { MailFrom: 'registration@forum.test' },
      Web: { SiteUrl: 'https://forum.test' },
      Identity: { Issuer: 'https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Ab1' },
    };
    for (const [name, each] of Object.entries(outputs))
      clients.formation.on(DescribeStacksCommand, { StackName: `Plenary-${name}` }).resolves(stack(each));
    clients.dynamodb.on(DescribeTableCommand).resolves({ Table: { WarmThroughput: { WriteUnitsPerSecond: 10_000 } } });
    clients.ses
      .on(GetEmailIdentityCommand, { EmailIdentity: 'forum.test' })
      .resolves({ VerifiedForSendingStatus: true });
    clients.cognito
      .on(DescribeUserPoolCommand)
      .resolves({ UserPool: { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } } });
  });

  it('carries 20,000, and is told how long mail takes', async () => {
    const { lines, isReady } = await page();
    expect(isReady).toBe(true);
    expect(lines.filter((line) => /^(in the way|unknown)/.test(line))).toEqual([]);
    expect(lines).toContain('good        System: deployed: Data, Mail, Web, Identity');
    expect(lines).toContain('good        CloudFront: serves this account');
    expect(lines).toContain('good        Sender: registration@forum.test is verified');
    expect(lines.join('\n')).toContain('Cognito: mails 50 codes a day');
    expect(lines.at(-1)).toBe('  20,000 people: yes, last confirmation after 24 min');
  });

  it('is told of the opening that it expects, and what that takes, and of no other', async () => {
    const { lines } = preflightPage(await askAccount(readConfig({})), 60_000);
    expect(lines.filter((line) => line.includes(' people: '))).toEqual([
      '  60,000 people: no: functions at once: 1,000 of 1,253; write units a second: 10,000 of 18,000; mails a second: 14 of 17; mails a day: 50,000 of 60,000',
    ]);
    expect(lines.at(-3)).toContain('--write-units 18000');
    // Of the system that was looked at, which may be another than the first.
    const trial = preflightPage(await askAccount(readConfig({ 'plenary:name': 'Trial' })), 60_000).lines;
    expect(trial.join('\n')).toContain('npm run warm -- --stage Trial --table Registry --write-units 18000');
    // What it says can be given as it is, however many come.
    const most = preflightPage(await askAccount(readConfig({})), 200_000).lines.join('\n');
    const [, units = ''] = /--write-units (\d+)/.exec(most) ?? [];
    expect(readWarming({ table: 'Registry', 'write-units': units }).to.writes).toBe(60_000);
  });

  it('is told where SES takes more than the functions there are would send, and reckons with those that then do', async () => {
    clients.ses.on(GetAccountCommand).resolves({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { MaxSendRate: 200, Max24HourSend: -1 },
    });
    expect((await page()).lines).toContain(
      'see to it   SES: takes 200 mails a second, which more functions send at once: set plenary:mailsPerSecond to 200, and deploy again',
    );
    clients.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } });
    const { lines } = await page({ 'plenary:mailsPerSecond': '200' });
    expect(lines.join('\n')).not.toContain('plenary:mailsPerSecond');
    expect(lines).toContain('     300 people: no: functions at once: 10 of 18');
  });

  it('is told where SES has paused it', async () => {
    clients.ses.on(GetAccountCommand).resolves({
      ProductionAccessEnabled: true,
      SendingEnabled: false,
      SendQuota: { MaxSendRate: 14, Max24HourSend: -1 },
    });
    const { lines, isReady } = await page();
    expect(isReady).toBe(false);
    expect(lines).toContain('in the way  SES: AWS has paused this account: no mail leaves');
    expect(lines).toContain('good        SES: writes to everyone: 14 a second, without end');
  });

  it('is told how far SES is with the records of its mail domain, and of one that it has from elsewhere', async () => {
    const MAIL = { 'plenary:mailDomain': 'forum.test' };
    const of = (lines: readonly string[]) =>
      lines.filter((line) => /DKIM|MAIL FROM|plenary:mail|sesv2 delete/.test(line));
    expect(of((await page(MAIL)).lines)).toEqual([
      'in the way  DKIM: SES has forum.test already, which the stack Mail makes itself',
      '            leave plenary:mailDomain out, and set plenary:mailFrom to an address of forum.test, or',
      '            aws sesv2 delete-email-identity --email-identity forum.test   # nothing leaves in its name until Mail is deployed',
    ]);
    const own = { MailFrom: 'registration@forum.test', MailDomainVerified: 'aws sesv2 get-email-identity' };
    clients.formation.on(DescribeStacksCommand, { StackName: 'Plenary-Mail' }).resolves(stack(own));
    const says = (dkim: 'PENDING' | 'SUCCESS', mx: 'PENDING' | 'SUCCESS') =>
      clients.ses.on(GetEmailIdentityCommand, { EmailIdentity: 'forum.test' }).resolves({
        ...{ VerifiedForSendingStatus: true, DkimAttributes: { Status: dkim } },
        MailFromAttributes: {
          ...{ MailFromDomain: 'mail.forum.test', MailFromDomainStatus: mx, BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
        },
      });
    says('PENDING', 'PENDING');
    const waiting = await page(MAIL);
    expect([waiting.isReady, of(waiting.lines)]).toEqual([
      true,
      [
        'see to it   DKIM: SES has not found the records of forum.test (PENDING)',
        'see to it   MAIL FROM: SES has not found the MX of mail.forum.test (PENDING): mail comes back to its own domain meanwhile',
      ],
    ]);
    says('SUCCESS', 'SUCCESS');
    // Also while it is updated, or where that could not be undone: nobody is told to delete the identity that mail leaves by.
    for (const status of ['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED']) {
      clients.formation.on(DescribeStacksCommand, { StackName: 'Plenary-Mail' }).resolves(stack(own, status));
      expect(of((await page(MAIL)).lines), status).toEqual([
        'good        DKIM: mail of forum.test is signed',
        'good        MAIL FROM: mail comes back to mail.forum.test',
      ]);
    }
    clients.ses.on(GetEmailIdentityCommand).rejects(new NotFoundException({ message: 'none', $metadata: {} }));
    clients.ses.on(GetEmailIdentityCommand, { EmailIdentity: 'forum.test' }).rejects(error('AccessDenied'));
    expect(of((await page(MAIL)).lines)).toEqual([
      'unknown     DKIM: how far SES is with the mail domain could not be asked (AccessDenied)',
    ]);
  });

  it('counts no stack whose first deployment failed', async () => {
    clients.formation.on(DescribeStacksCommand, { StackName: 'Plenary-Web' }).resolves(stack({}, 'ROLLBACK_COMPLETE'));
    const { lines } = await page();
    expect(lines).toContain('good        System: deployed: Data, Mail, Identity');
    expect(lines.find((line) => line.includes('CloudFront'))).toMatch(/^unknown/);
  });
});

describe('a name', () => {
  const stackOf = (StackName: string, StackStatus: 'CREATE_COMPLETE' | 'DELETE_COMPLETE' = 'CREATE_COMPLETE') => ({
    ...{ StackName, StackStatus, CreationTime: new Date(0) },
  });
  // AWS lists a hundred at once.
  const deployed = (...stacks: readonly ReturnType<typeof stackOf>[]) =>
    clients.formation
      .on(ListStacksCommand)
      .resolvesOnce({ StackSummaries: [stackOf('Else-Data')], NextToken: 'more' })
      .resolves({ StackSummaries: [...stacks] });

  it('that another system has but for its capitals is in the way: Cognito tells none apart', async () => {
    deployed(stackOf('PLENARY-Data'));
    const { lines, isReady } = await page();
    expect(isReady).toBe(false);
    expect(lines.join('\n')).toContain('in the way  System: plenary:name = "Plenary": PLENARY is deployed here');
  });

  it.each<[string, ReturnType<typeof stackOf>[], Record<string, string>]>([
    ['its own', [stackOf('Plenary-Data'), stackOf('Plenary-Identity')], {}],
    ['one that begins alike', [stackOf('PlenaryTrial-Data'), stackOf('PLENARY-Trial')], {}],
    ['one that was deleted', [stackOf('PLENARY-Identity', 'DELETE_COMPLETE')], {}],
    [
      'one beside which organisers sign in elsewhere',
      [stackOf('PLENARY-Identity')],
      { 'plenary:issuer': 'https://login.forum.test', 'plenary:clientId': 'plenary' },
    ],
  ])('is free beside %s', async (_, names, context) => {
    deployed(...names);
    expect(await nameProblems(readConfig(context))).toEqual([]);
  });
});

describe('a hosted zone', () => {
  const ZONE = {
    'plenary:siteDomain': 'forum.test',
    'plenary:mailDomain': 'forum.test',
    'plenary:hostedZoneId': 'Z0123456789',
    'plenary:dmarcReports': 'reports@forum.test',
  };
  const problems = (more = {}) => zoneProblems(readConfig({ ...ZONE, ...more }));
  const has = (...records: readonly (readonly [name: string, type: 'A' | 'TXT' | 'CNAME'])[]) =>
    clients.route53.on(ListResourceRecordSetsCommand).resolves({
      ...{ IsTruncated: false, MaxItems: 100 },
      ResourceRecordSets: records.map(([Name, Type]) => ({ Name, Type })),
    });

  beforeEach(() => {
    const HostedZone = { Id: 'Z0123456789', Name: 'Forum.test.', CallerReference: 'it' };
    clients.route53
      .on(GetHostedZoneCommand)
      .resolves({ HostedZone, DelegationSet: { NameServers: ['ns-1.test', 'ns-2.test'] } });
    resolveNs.mockResolvedValue(['NS-2.test', 'elsewhere.test']);
    clients.formation.on(ListStackResourcesCommand).rejects(error('ValidationError'));
    has();
  });

  it('that is empty is good, and both regions have to be prepared', async () => {
    const { lines } = await page(ZONE);
    expect(lines).toContain('good        DNS: the hosted zone has room for the records, or has them');
    expect(lines).toContain('in the way  CDK: not prepared: ap-southeast-1 and us-east-1');
  });

  it('whose records would be overwritten is in the way, with what to do', async () => {
    has(['_dmarc.forum.test.', 'TXT'], ['mail.forum.test.', 'CNAME'], ['other.forum.test.', 'A']);
    const { lines, isReady } = await page(ZONE);
    expect(isReady).toBe(false);
    expect(lines.filter((line) => line.includes('DNS')).map((line) => line.replace(/ or one .*: /, ' '))).toEqual([
      'in the way  DNS: mail.forum.test has a record MX already, put mailFrom into plenary:leaveRecords, or delete it',
      'in the way  DNS: mail.forum.test has a record TXT already, put mailFrom into plenary:leaveRecords, or delete it',
      'in the way  DNS: _dmarc.forum.test has a record TXT already, put dmarc into plenary:leaveRecords, or delete it',
    ]);
    expect(await problems({ 'plenary:leaveRecords': 'mailFrom,dmarc' })).toEqual([]);
  });

  it('whose records the system made before is good', async () => {
    has(['_dmarc.forum.test.', 'TXT'], ['forum.test.', 'A']);
    const made = (LogicalResourceId: string, ResourceStatus: 'CREATE_COMPLETE' | 'DELETE_COMPLETE') => ({
      ...{
        LogicalResourceId,
        ResourceStatus,
        ResourceType: 'AWS::Route53::RecordSet',
        LastUpdatedTimestamp: new Date(0),
      },
    });
    clients.formation
      .on(ListStackResourcesCommand, { StackName: 'Plenary-Dns' })
      .resolves({ StackResourceSummaries: [made('Dmarc', 'CREATE_COMPLETE'), made('SiteA', 'DELETE_COMPLETE')] });
    expect(await problems()).toEqual([expect.stringContaining('forum.test has a record A already')]);
  });

  it('of another domain is none, also where only the certificate is to be proven in it', async () => {
    const other = { 'plenary:siteDomain': 'other.test', 'plenary:leaveRecords': 'site' };
    expect(await problems(other)).toEqual([expect.stringContaining('other.test is not in the zone forum.test of')]);
  });

  it.each([
    ['DNS has none of', () => Promise.reject(Object.assign(new Error(), { code: 'ENODATA' }))],
    ['DNS leads past', async () => ['ns.registrar.test']],
  ])('that %s is in the way: its certificate would be waited for in vain', async (_, found) => {
    resolveNs.mockImplementation(found);
    expect((await page(ZONE)).lines).toContain(
      'in the way  DNS: DNS leads to no name server of the hosted zone forum.test: give its registrar, or the zone above, ns-1.test, ns-2.test',
    );
    expect(resolveNs).toHaveBeenCalledWith('forum.test');
  });

  it('that DNS does not answer about is not known', async () => {
    resolveNs.mockRejectedValue(Object.assign(new Error(), { code: 'ETIMEOUT' }));
    expect((await page(ZONE)).lines).toContain(
      'unknown     DNS: whether it leads to the hosted zone could not be asked (ETIMEOUT)',
    );
  });

  it('that is private is refused before anything is deployed', async () => {
    const HostedZone = { Id: 'Z0123456789', Name: 'forum.test.', CallerReference: 'it', Config: { PrivateZone: true } };
    clients.route53.on(GetHostedZoneCommand).resolves({ HostedZone });
    expect(await problems()).toEqual([expect.stringContaining('is private: expected the public one')]);
  });

  it('that may not be looked at is not known', async () => {
    clients.route53.on(GetHostedZoneCommand).rejects(error('AccessDenied'));
    expect((await page(ZONE)).lines).toContain(
      'unknown     DNS: whether the hosted zone has room for the records could not be asked (AccessDenied)',
    );
  });

  it('that there is none of: records to make by hand are listed', async () => {
    const record = '_dmarc.forum.test TXT "v=DMARC1; p=none"';
    clients.formation.on(DescribeStacksCommand, { StackName: 'Plenary-Mail' }).resolves(stack({ DmarcRecord: record }));
    const { lines } = await page();
    expect(lines[lines.findIndex((line) => line.includes('DNS: needs these records')) + 1]).toBe(
      `            ${record}`,
    );
  });
});

describe('what may not be asked', () => {
  it('is not known, and everything else is said all the same', async () => {
    clients.lambda.on(GetAccountSettingsCommand).rejects(error('AccessDeniedException'));
    clients.ssm.on(GetParametersByPathCommand).rejects(error('AccessDeniedException'));
    const { lines } = await page();
    expect(lines).toContain(
      'unknown     Region: whether it has every service could not be asked (AccessDeniedException)',
    );
    expect(lines.find((line) => line.includes(' 300 people'))).toBe(
      '     300 people: no: mails a day: 200 of 300 (not known: functions at once)',
    );
    expect(lines.join('\n')).toContain('SES: is a sandbox');
  });

  it('without credentials, says what AWS says of that', async () => {
    clients.sts
      .on(GetCallerIdentityCommand)
      .rejects(new Error('The security token included in the request is invalid.'));
    await expect(askAccount(readConfig({}))).rejects.toThrow('The security token');
  });

  it('in a region that the account has not enabled, says that, and not that credentials are wrong', async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-3');
    const calls = async (isKnown: boolean) => {
      clients.sts.on(GetCallerIdentityCommand).callsFake(async (_, client) => {
        const isHere = (await client().config.region()) === 'ap-southeast-3';
        if (isHere || !isKnown) throw error('InvalidClientTokenId');
        return { Account: '111122223333' };
      });
      return askAccount(readConfig({}));
    };
    await expect(calls(true)).rejects.toThrow('aws account enable-region --region-name ap-southeast-3');
    await expect(calls(false)).rejects.toThrow('InvalidClientTokenId');
  });
});

describe('a region that lacks a service', () => {
  const availability = Object.fromEntries(
    Object.keys(SERVICES).map((each) => [each, each === 'cognito-idp' ? ['ap-southeast-1', 'eu-west-1'] : EVERYWHERE]),
  ) as Record<keyof typeof SERVICES, string[]>;

  it('is refused by name, with the nearest that has all', async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-5');
    clients.ssm.on(GetParametersByPathCommand).callsFake(({ Path }) => {
      const service = String(Path).split('/').at(-2) as keyof typeof SERVICES;
      return listed(...availability[service]);
    });
    const { lines, isReady } = await page();
    expect(isReady).toBe(false);
    expect(lines).toContain('in the way  Region: ap-southeast-5 has no Cognito');
    expect(lines).toContain('            export AWS_REGION=ap-southeast-1   # the nearest that has all');
  });

  it('is not refused for a service that AWS lists nowhere, which has another name by now', async () => {
    clients.ssm
      .on(GetParametersByPathCommand)
      .callsFake(({ Path }) => listed(...(/cognito/.test(Path) ? [] : EVERYWHERE)));
    const says = 'whether ap-southeast-1 has Cognito: AWS lists no region that does';
    expect((await page()).lines).toContain(`unknown     Region: ${says}`);
  });

  it('reads all pages of AWS’s list', async () => {
    clients.ssm.on(GetParametersByPathCommand).resolves({ ...listed('eu-west-1'), NextToken: 'more' });
    clients.ssm.on(GetParametersByPathCommand, { NextToken: 'more' }).resolves(listed('ap-southeast-1'));
    expect((await page()).lines).toContain('good        Region: ap-southeast-1 has every service that is needed');
  });

  it('in which CloudFormation does not make it, has no budget: the alarms beside it would fail after all else', async () => {
    const none = { Type: 'RESOURCE', TypeName: 'AWS::Budgets::Budget' } as const;
    clients.formation.on(DescribeTypeCommand, none).rejects(error('TypeNotFoundException'));
    const BUDGET = { 'plenary:alarmAddress': 'office@forum.test', 'plenary:monthlyBudget': '50' };
    const said = /^in the way {2}Region: .+ no AWS::Budgets::Budget in this region: leave plenary:monthlyBudget out/m;
    expect((await page(BUDGET)).lines.join('\n')).toMatch(said);
    expect((await page()).lines.join('\n')).not.toMatch(said);
  });

  it('in which CloudFormation makes no HTTP APIs or configuration sets, is in the way; one that may not be asked is not known', async () => {
    clients.formation.on(DescribeTypeCommand).rejects(error('TypeNotFoundException'));
    expect((await page()).lines).toEqual(
      expect.arrayContaining([
        'in the way  Region: CloudFormation makes no AWS::ApiGatewayV2::Api in this region: expected another one',
        'in the way  Region: CloudFormation makes no AWS::SES::ConfigurationSet in this region: expected another one',
      ]),
    );
    clients.formation.on(DescribeTypeCommand).rejects(error('AccessDenied'));
    expect((await page()).lines.join('\n')).toContain('all there that is needed could not be asked (AccessDenied)');
  });

  it('has no API Gateway of the kind that is deployed, whatever else it has', () => {
    const none = { ...availability, apigatewayv2: ['ap-southeast-1'] };
    expect(lackingIn('eu-west-1', none)).toEqual(['API Gateway for HTTP']);
  });

  it('has API Gateway, and perhaps no HTTP APIs: that is tried first, and known once there is a site', async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-5');
    const says = 'unknown     API Gateway: whether ap-southeast-5 has HTTP APIs, only making one tells: this does';
    expect((await page()).lines).toContain(says);
    clients.formation
      .on(DescribeStacksCommand, { StackName: 'Plenary-Web' })
      .resolves(stack({ SiteUrl: 'https://d1.cloudfront.net' }));
    expect((await page()).lines.join('\n')).not.toContain('API Gateway:');
    vi.stubEnv('AWS_REGION', 'ap-southeast-3');
    clients.formation.on(DescribeStacksCommand).rejects(error('ValidationError'));
    expect((await page()).lines.join('\n')).not.toContain('API Gateway:');
  });

  it('Thailand has SES, and no configuration sets', () => {
    expect(nearestWithAll('ap-southeast-7', availability)).toBe('ap-southeast-1');
    expect(nearestWithAll('xx-nowhere-1', availability)).toBeUndefined();
  });
});

describe('an opening', () => {
  const MANY = {
    concurrency: 1e6,
    requestsPerSecond: 1e6,
    writeUnitsPerSecond: 1e6,
    mailsPerSecond: 1e6,
    mailsPerDay: 1e9,
  };

  it('needs no more of anything than it names: with just that, the account carries it, with one less it does not', () => {
    const none = { concurrency: 0, requestsPerSecond: 0, writeUnitsPerSecond: 0, mailsPerSecond: 0, mailsPerDay: 0 };
    for (const people of [1, 300, 1000, 20_000, 1_000_000]) {
      const { raise } = openingOf(none, people);
      expect(raise).toHaveLength(5);
      const enough = Object.fromEntries(raise.map(({ fact, needed }) => [fact, needed]));
      expect(openingOf(enough, people).raise).toEqual([]);
      for (const { fact, needed } of raise)
        expect(openingOf({ ...MANY, [fact]: needed - 1 }, people).raise.map((each) => each.fact)).toEqual([fact]);
    }
  });
});
