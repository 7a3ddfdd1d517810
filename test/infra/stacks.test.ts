import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { isRecordOutput } from '../../infra/stacks/dns.ts';
import { RESTORED_TABLES, TABLES, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { cachedBriefly, page, toResult } from '../../shared/kernel/http/reply.ts';
import { BODY_LIMIT } from '../../shared/kernel/route.ts';
import { type CloudFormationResource, resourcesOf, stacksOf, templates } from './fixture.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

const { Data, Mail, Web, Identity, Api, Pages } = templates();
const OWN = {
  'plenary:siteDomain': 'forum.test',
  'plenary:certificateArn': CERTIFICATE,
  'plenary:mailDomain': 'forum.test',
  'plenary:removal': 'destroy',
};
const own = templates(OWN);

/** What is done at a deployment: files are put into the bucket, which is emptied when it goes, and keys are made for CloudFront. */
const AT_DEPLOYMENT = ['Custom::CDKBucketDeployment', 'Custom::S3AutoDeleteObjects', 'Custom::OriginKeys'];

describe('data', () => {
  it.each(Object.entries<TableShape>(TABLES))('%s has the shape that repositories expect', (_, shape) => {
    Data.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: shape.partitionKey, KeyType: 'HASH' },
        ...(shape.sortKey ? [{ AttributeName: shape.sortKey, KeyType: 'RANGE' }] : []),
      ],
      TimeToLiveSpecification: { AttributeName: shape.ttl, Enabled: true },
      ...(shape.stream && { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    });
  });

  it('TK5: has another key for tickets where one is wanted, and keeps the former', () => {
    const next = templates({ 'plenary:ticketKeyGeneration': '2', 'plenary:formerTicketKeys': 'A'.repeat(43) });
    const signing = (data: typeof Data) =>
      resourcesOf(data, 'AWS::KMS::Key').filter(([, { Properties }]) => Properties['KeyUsage'] === 'SIGN_VERIFY');
    const [former] = signing(Data).map(([id]) => id);
    expect(signing(next.Data).map(([id]) => id)).toEqual([former, expect.stringMatching(/^TicketKey2/)]);
    expect(JSON.stringify(next.Data.findOutputs('*'))).toContain(`"${former}","Arn"`);
    const environment = resourcesOf(next.Api, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      JSON.stringify(Properties['Environment'] ?? {}),
    );
    expect(
      environment.filter((each) => each.includes('TICKET_KEY_ID')).every((each) => each.includes('TicketKey2')),
    ).toBe(true);
    expect(environment.filter((each) => each.includes('A'.repeat(43)))).toHaveLength(1);
  });

  it('uses restored tables where it is told to, beside those that it keeps: no function may read or write both', () => {
    const context = { 'plenary:tables': '20261201T090000Z' };
    const restored = templates(context);
    expect(restored.Data.findResources('AWS::DynamoDB::Table')).toEqual(Data.findResources('AWS::DynamoDB::Table'));
    const used = stacksOf(context).filter(({ name }) => name !== 'Data');
    for (const table of Object.values(RESTORED_TABLES)) {
      const [first = ''] = resourcesOf(Data, 'AWS::DynamoDB::Table').flatMap(([id]) =>
        id.startsWith(table) ? [id] : [],
      );
      expect(JSON.stringify(Api.toJSON())).toContain(first);
      expect(JSON.stringify(used)).not.toContain(first);
      expect(JSON.stringify(used)).toContain(`:table/Plenary-${table}-20261201T090000Z`);
      // Whoever deploys stack by stack, or goes back, finds what the functions of before import.
      const exported = (data: typeof Data) =>
        Object.keys(data.findOutputs('*')).filter((id) => id.startsWith('Exports') && id.includes(first));
      expect(exported(restored.Data).sort()).toEqual(expect.arrayContaining(exported(Data).sort()));
      // `npm run restore -- --erase-in first` finds the table by it.
      expect(exported(restored.Data).filter((id) => /^ExportsOutputRef[A-Za-z]+[0-9A-F]{16}$/.test(id))).toHaveLength(
        1,
      );
      expect(restored.Data.findOutputs(`${table}TableName`)[`${table}TableName`]?.['Value']).toBe(
        `Plenary-${table}-20261201T090000Z`,
      );
    }
  });

  it('IN3: survives mistakes and the stack itself', () => {
    const tables = resourcesOf(Data, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(Object.keys(TABLES).length);
    for (const [id, { Properties, DeletionPolicy }] of tables) {
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        // What was there at each moment would tell in which order people answered.
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: !id.startsWith('Feedback') },
      });
    }
    for (const [, { DeletionPolicy }] of resourcesOf(Data, 'AWS::KMS::Key')) {
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  it('IN3: rotates symmetric keys as rarely as KMS allows, but for the one that seals the short-lived keys of forms', () => {
    const symmetric = resourcesOf(Data, 'AWS::KMS::Key').filter(([, { Properties }]) => !('KeySpec' in Properties));
    expect(
      symmetric.map(
        ([
          id,
          {
            Properties: { EnableKeyRotation: rotates, RotationPeriodInDays: days },
          },
        ]) => [id.replace(/[0-9A-F]{8}$/, ''), rotates, days],
      ),
    ).toEqual([
      ['CareKey', true, 2560],
      ['FeedbackKey', false, undefined],
    ]);
  });

  it('leaves nothing behind after a trial', () => {
    for (const [, { Properties, DeletionPolicy }] of resourcesOf(own.Data, 'AWS::DynamoDB::Table')) {
      expect(DeletionPolicy).toBe('Delete');
      expect(Properties['DeletionProtectionEnabled']).toBe(false);
    }
  });

  it('has a key that makes secrets and one that signs tickets', () => {
    Data.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    Data.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  });
});

describe('mail', () => {
  it('CS10: travels over TLS and is never tracked', () => {
    const [[, set] = []] = resourcesOf(Mail, 'AWS::SES::ConfigurationSet');
    expect(set?.Properties).toMatchObject({ DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
    expect(set?.Properties).not.toHaveProperty('TrackingOptions');
  });

  it('CS10: tells on the default bus what did not arrive, and never what was opened', () => {
    const destinations = resourcesOf(Mail, 'AWS::SES::ConfigurationSetEventDestination');
    expect(destinations.map(([, { Properties }]) => Properties['EventDestination'])).toMatchObject([
      {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'renderingFailure'],
        EventBridgeDestination: {},
      },
    ]);
  });

  it('pays for no metrics of its own: SES publishes those of the account, which alarms look at, for nothing', () => {
    const [[, set] = []] = resourcesOf(Mail, 'AWS::SES::ConfigurationSet');
    expect(set?.Properties).toMatchObject({ ReputationOptions: { ReputationMetricsEnabled: false } });
  });

  it('proves a domain where one is configured', () => {
    Mail.resourceCountIs('AWS::SES::EmailIdentity', 0);
    own.Mail.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'forum.test' });
    expect(Object.keys(own.Mail.findOutputs('*'))).toEqual(
      expect.arrayContaining(['DkimRecord1', 'DkimRecord2', 'DkimRecord3']),
    );
  });
});

const ZONE = {
  'plenary:siteDomain': 'forum.test',
  'plenary:mailDomain': 'forum.test',
  'plenary:hostedZoneId': 'Z0123456789',
  'plenary:dmarcReports': 'reports@forum.test',
};

describe('records of DNS', () => {
  const inZone = templates(ZONE);
  const records = (template: typeof Mail): readonly Record<string, never>[] =>
    resourcesOf(template, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);
  const outputsOf = (template: typeof Mail): readonly string[] =>
    Object.entries(template.findOutputs('*')).flatMap(([name, { Value }]) =>
      isRecordOutput(name) ? [`${name}: ${JSON.stringify(Value)}`] : [],
    );

  it('mail comes back to a subdomain of its own, and to SES’s while that has no MX', () => {
    for (const [template, MailFromDomain] of [
      [own.Mail, 'mail.forum.test'],
      [templates({ ...ZONE, 'plenary:mailFromDomain': 'back.forum.test' }).Mail, 'back.forum.test'],
    ] as const) {
      template.hasResourceProperties('AWS::SES::EmailIdentity', {
        MailFromAttributes: { MailFromDomain, BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      });
    }
  });

  it('are made in the hosted zone: site, DKIM, MAIL FROM, and a DMARC that asks for reports alone', () => {
    const made = records(inZone.Dns);
    expect(new Set(made.map(({ HostedZoneId }) => HostedZoneId))).toEqual(new Set(['Z0123456789']));
    expect(made.filter(({ AliasTarget }) => AliasTarget).map(({ Name, Type }) => [Name, Type])).toEqual([
      ['forum.test', 'A'],
      ['forum.test', 'AAAA'],
    ]);
    expect(made.filter(({ Type }) => Type === 'CNAME')).toHaveLength(3);
    const texts = made.map((each) => `${each['Name']} ${JSON.stringify(each['ResourceRecords'])}`);
    expect(texts).toContainEqual(expect.stringMatching(/^mail\.forum\.test .*10 feedback-smtp\..*\.amazonses\.com/));
    expect(texts).toContain('mail.forum.test ["\\"v=spf1 include:amazonses.com ~all\\""]');
    expect(texts).toContain('_dmarc.forum.test ["\\"v=DMARC1; p=none; rua=mailto:reports@forum.test\\""]');
    expect([...outputsOf(inZone.Mail), ...outputsOf(inZone.Web)]).toEqual([]);
  });

  it('come last and in a stack of their own: one that the zone has already undoes nothing else', () => {
    const order = stacksOf(ZONE).map(({ name }) => name);
    expect(order.indexOf('Dns')).toBeGreaterThan(Math.max(order.indexOf('Web'), order.indexOf('Mail')));
    const others = stacksOf(ZONE).filter(({ name }) => name !== 'Dns');
    expect(others.flatMap(({ template }) => Object.values(template.Resources)).map(({ Type }) => Type)).not.toContain(
      'AWS::Route53::RecordSet',
    );
    expect(others.flatMap(({ dependencies }) => dependencies)).not.toContain('Dns');
  });

  it('are left out where the zone has them, and told where nobody makes them', () => {
    const left = templates({ ...ZONE, 'plenary:leaveRecords': 'site,dmarc' });
    expect(records(left.Dns).filter(({ Name }) => !/dkim|mail\./.test(JSON.stringify(Name) + Name))).toHaveLength(3);
    expect(outputsOf(left.Web)).toEqual([expect.stringMatching(/^SiteRecord: .*forum\.test CNAME /)]);
    expect(outputsOf(left.Mail)).toEqual([expect.stringMatching(/^DmarcRecord: .*_dmarc\.forum\.test TXT /)]);
    expect(outputsOf(own.Mail).map((each) => each.replace(/:.*/s, ''))).toEqual([
      ...['DkimRecord1', 'DkimRecord2', 'DkimRecord3', 'MailFromMxRecord', 'MailFromSpfRecord', 'DmarcRecord'],
    ]);
  });
});

describe('at the edge', () => {
  const at = (context: Record<string, string>, name: string) => stacksOf(context).find((stack) => stack.name === name);
  const FIREWALL = { 'plenary:waf': 'on' };
  const { Waf, Web: filtered } = templates(FIREWALL);
  const [acl] = resourcesOf(Waf, 'AWS::WAFv2::WebACL').map(
    ([, { Properties }]) => Properties as Record<string, unknown>,
  );
  interface Seen {
    readonly SampledRequestsEnabled: boolean;
  }
  interface Rule {
    readonly Name: string;
    readonly VisibilityConfig: Seen;
    readonly Statement: Record<string, Record<string, unknown>>;
  }
  const rules = acl?.['Rules'] as Rule[];

  it('nothing has the name that it has for the same system in another region', () => {
    const resources = Object.values(Web.toJSON()['Resources']) as CloudFormationResource[];
    const named = resources.flatMap(({ Type, Properties = {} }) => {
      const config = Object.entries(Properties).find(([key]) => key.endsWith('Config'))?.[1] as { Name?: unknown };
      return Type.startsWith('AWS::CloudFront::') ? [Properties['Name'] ?? config.Name].filter(Boolean) : [];
    });
    expect(named).toHaveLength(8);
    expect(named.filter((name) => !JSON.stringify(name).includes('"AWS::Region"'))).toEqual([]);
  });

  it('there is nothing unless it is configured', () => {
    expect(stacksOf().map(({ name }) => name)).not.toEqual(expect.arrayContaining(['Edge']));
    expect(stacksOf().map(({ name }) => name)).not.toEqual(expect.arrayContaining(['Waf']));
    expect(JSON.stringify(Web.toJSON())).not.toContain('WebACLId');
  });

  it('the certificate of a domain in a hosted zone is made in us-east-1 before the distribution that reads it', () => {
    const { Edge, Web: web } = templates(ZONE);
    expect(at(ZONE, 'Edge')?.region).toBe('us-east-1');
    expect(at(ZONE, 'Web')).toMatchObject({ region: 'unknown-region', dependencies: expect.arrayContaining(['Edge']) });
    Edge.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'forum.test',
      DomainValidationOptions: [{ DomainName: 'forum.test', HostedZoneId: 'Z0123456789' }],
    });
    web.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        ViewerCertificate: {
          AcmCertificateArn: {
            'Fn::GetStackOutput': {
              ...{ StackName: 'Plenary-Edge', OutputName: 'CertificateZ0123456789', Region: 'us-east-1' },
            },
          },
        },
      },
    });
    expect(at({ ...ZONE, 'plenary:certificateArn': CERTIFICATE }, 'Edge')).toBeUndefined();
  });

  it('AB5: one address may do what a conference behind it does, and is told when to come back', () => {
    const rates = rules.flatMap(({ Name, Statement }) =>
      Statement['RateBasedStatement'] ? [[Name, Statement['RateBasedStatement']['Limit']] as const] : [],
    );
    expect(Object.fromEntries(rates)).toEqual({ Listed: 1_000, Recovery: 500, Forms: 4_000, Everything: 20_000 });
    expect(JSON.stringify(rules)).toContain('{"Name":"retry-after","Value":"300"}');
    const paths = JSON.stringify(rules).matchAll(/"RegexString":"([^"]+)"/g);
    const [recovery, forms] = [...paths].map(([, text = '']) => new RegExp(text));
    const asRead = '"TextTransformations":[{"Priority":0,"Type":"URL_DECODE"}]';
    expect(JSON.stringify(rules).split(asRead), 'however a path is written').toHaveLength(3);
    for (const path of ['/e/a-forum/find', '/api/events/a-forum/registrations/recover'])
      expect(path).toMatch(recovery ?? '');
    for (const path of ['/e/a-forum/register', '/api/events/a-forum/feedback/day-1']) {
      expect(path).toMatch(forms ?? '');
      expect(path).not.toMatch(recovery ?? '');
    }
    // Phones at doors and what links open has no such rate.
    for (const path of ['/api/checkin/scans', '/m/token', '/u/token']) expect(path).not.toMatch(forms ?? '');
  });

  it('AB5: what would refuse people counts alone: long forms, what they write, one click of a mailbox provider', () => {
    const counted = rules.flatMap(({ Statement }) => {
      const { RuleActionOverrides = [] } = (Statement['ManagedRuleGroupStatement'] ?? {}) as Record<string, []>;
      return RuleActionOverrides.map(({ Name, ActionToUse }) => `${Name} ${Object.keys(ActionToUse)}`);
    });
    expect(counted).toEqual(
      [
        'AWSManagedIPReputationList',
        ...['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY', 'GenericLFI_BODY'],
        ...['SizeRestrictions_QUERYSTRING', 'NoUserAgent_HEADER'],
      ].map((name) => `${name} Count`),
    );
    // AWS would refuse bodies of more than that.
    expect(BODY_LIMIT.form).toBeGreaterThan(8 * 1024);
  });

  it('AU1: no path with a credential is kept: neither in samples, nor in the log, nor in what rules matched', () => {
    for (const { VisibilityConfig } of [...rules, acl as unknown as Rule]) {
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
    }
    const [[, logging] = []] = resourcesOf(Waf, 'AWS::WAFv2::LoggingConfiguration');
    expect(logging?.Properties).toMatchObject({
      RedactedFields: [{ UriPath: {} }, { QueryString: {} }],
      LoggingFilter: { DefaultBehavior: 'DROP' },
    });
    const fields = JSON.stringify(acl?.['DataProtectionConfig']);
    for (const field of ['BODY', 'QUERY_STRING', 'SINGLE_HEADER', 'SINGLE_COOKIE']) expect(fields).toContain(field);
    expect(resourcesOf(Waf, 'AWS::Logs::LogGroup')).toMatchObject([
      [
        expect.any(String),
        { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30, LogGroupName: 'aws-waf-logs-Plenary' } },
      ],
    ]);
  });

  it('the distribution asks the firewall, which is in us-east-1 and there before', () => {
    expect(at(FIREWALL, 'Waf')?.region).toBe('us-east-1');
    expect(at(FIREWALL, 'Web')?.dependencies).toContain('Waf');
    filtered.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        WebACLId: {
          'Fn::GetStackOutput': { StackName: 'Plenary-Waf', OutputName: 'WebAclArn', Region: 'us-east-1' },
        },
      },
    });
  });

  it('docs/operations.md says what a firewall costs: 5 USD a month, and 1 for each rule', () => {
    const price = 5 + rules.length;
    expect(readFileSync('docs/operations.md', 'utf8')).toContain(
      `${price}.00 USD a month: 5.00, and 1.00 for each of ${rules.length} rules`,
    );
  });
});

it('tags are of every stack, and by them of what is in it', () => {
  const tags = { project: 'forum', 'cost-centre': '4711' };
  for (const stack of stacksOf({ 'plenary:tags': 'project=forum, cost-centre=4711' })) expect(stack.tags).toEqual(tags);
});

it('systems stand beside each other: no two of different names have a name in common', () => {
  const everything = {
    ...ZONE,
    'plenary:waf': 'on',
    'plenary:alarmAddress': 'a@forum.test',
    'plenary:monthlyBudget': '50',
  };
  /** Names that are given here, and not by CloudFormation; some types have theirs one object deeper, and some are known in one account alone by it. */
  const KEYS =
    /^(LogGroupName|TableName|BucketName|BudgetName|FunctionName|RoleName|AlarmName|CompositeAlarmName|DashboardName|Domain)$/;
  const NAMED = /^AWS::(CloudFront|WAFv2|Events|Budgets)::/;
  const isGiven = (type: string, key: string): boolean => KEYS.test(key) || (key === 'Name' && NAMED.test(type));
  const named = (name: string): readonly string[] =>
    stacksOf({ ...everything, 'plenary:name': name }).flatMap(({ template }) =>
      Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
        [Properties, ...Object.values(Properties)].flatMap((part) =>
          Object.entries(Array.isArray(part) ? {} : Object(part)).flatMap(([key, value]) =>
            isGiven(Type, key) &&
            (typeof value === 'string' || /"AWS::(?:Region|AccountId)"/.test(JSON.stringify(value)))
              ? [`${Type} ${JSON.stringify(value)}`]
              : [],
          ),
        ),
      ),
    );
  const [first, second] = [named('Forum'), named('Trial')];
  const types = new Set(first.map((each) => each.split(' ')[0]));
  expect([...types]).toEqual(
    expect.arrayContaining(
      ['CloudFront::CachePolicy', 'CloudFront::Function', 'Budgets::Budget'].map((it) => `AWS::${it}`),
    ),
  );
  expect(first.length).toBeGreaterThan(25);
  expect(first.filter((each) => second.includes(each))).toEqual([]);
});

describe('what is said of SES at deployment', () => {
  const outputs = (template: typeof Mail): Record<string, string> =>
    Object.fromEntries(
      Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, JSON.stringify(Value)]),
    );

  it('is how to see whether the account is in its sandbox, what that means and how to leave it', () => {
    const { SesProductionAccess = '' } = outputs(Mail);
    for (const part of [
      'aws sesv2 get-account --query ProductionAccessEnabled',
      'verified addresses only',
      '200 a day',
      'console.aws.amazon.com/ses/',
      'put-account-details',
    ]) {
      expect(SesProductionAccess).toContain(part);
    }
  });

  it('is how to see whether its domain is verified, where it proves one', () => {
    expect(outputs(Mail)).not.toHaveProperty('MailDomainVerified');
    expect(outputs(own.Mail)['MailDomainVerified']).toMatch(
      /aws sesv2 get-email-identity --email-identity forum\.test --query VerifiedForSendingStatus.*DkimRecord1/,
    );
  });

  it('IN11: calls nothing, so that no answer of SES can fail a deployment', () => {
    for (const { template } of stacksOf(OWN)) {
      const types = Object.values(template.Resources).map(({ Type }) => Type);
      expect(types.filter((type) => /^Custom::/.test(type) && !AT_DEPLOYMENT.includes(type))).toEqual([]);
    }
  });
});

describe('web', () => {
  it('IN3: shows files to the distribution only', () => {
    Web.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    Web.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  it('IN3: keeps nothing in its bucket that a build cannot make again: it is emptied and goes with its stack', () => {
    Web.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    Web.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  it('serves each file of the site from the bucket', () => {
    const [[, distribution] = []] = resourcesOf(Web, 'AWS::CloudFront::Distribution');
    const behaviors: { PathPattern: string }[] =
      distribution?.Properties['DistributionConfig']?.['CacheBehaviors'] ?? [];
    const expected = [
      '/assets/*',
      '/checkin',
      '/checkin/*',
      '/console',
      '/console/*',
      // Written by the build.
      '/licences.txt',
      ...readdirSync('web/site/static').map((file) => `/${file}`),
    ];
    expect(behaviors.map(({ PathPattern }) => PathPattern).sort()).toEqual(expected.sort());
  });

  it('AB13: lets the console talk to the API and to whoever signs in, and load nothing from elsewhere', () => {
    expect(policyOf(Web, 'ConsoleHeaders')).toMatch(
      /script-src 'self'; .*connect-src 'self' https:\/\/cognito-idp\..*plenary-.*\.auth\./,
    );
    const other = templates({
      'plenary:issuer': 'https://login.forum.test/oidc',
      'plenary:clientId': 'plenary',
      'plenary:tokenOrigin': 'https://tokens.forum.test/',
    });
    expect(policyOf(other.Web, 'ConsoleHeaders')).toContain(
      "connect-src 'self' https://login.forum.test https://tokens.forum.test;",
    );
  });

  it('shows the console’s one page at all of its addresses', () => {
    Web.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: Match.stringLikeRegexp("event.request.uri = '/console/index.html'"),
    });
    Pages.hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketKeyPrefix: 'console',
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
  });

  it('AB13: lets the check-in app alone run WebAssembly and use the camera', () => {
    expect(policyOf(Web, 'CheckInHeaders')).toContain("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'");
    expect(policyOf(Web, 'ConsoleHeaders')).not.toContain('unsafe');
    const allowed = resourcesOf(Web, 'AWS::CloudFront::ResponseHeadersPolicy').filter(([, policy]) =>
      JSON.stringify(policy).includes('camera=(self)'),
    );
    expect(allowed.map(([id]) => id)).toEqual([expect.stringContaining('CheckInHeaders')]);
  });

  it('shows the check-in app’s page at its addresses, and the files beside it by their names', () => {
    const [code] = resourcesOf(Web, 'AWS::CloudFront::Function').flatMap(([id, { Properties }]) =>
      id.includes('CheckInPage') ? [`${Properties['FunctionCode']}`] : [],
    );
    const handler = runInNewContext(`${code}; handler`) as (event: object) => { uri?: string; statusCode?: number };
    const at = (uri: string) => handler({ request: { uri } });
    expect(at('/checkin')).toMatchObject({ statusCode: 308, headers: { location: { value: '/checkin/' } } });
    expect(at('/checkin/')).toEqual({ uri: '/checkin/index.html' });
    expect(at('/checkin/anything')).toEqual({ uri: '/checkin/index.html' });
    for (const file of ['/checkin/sw.js', '/checkin/manifest.webmanifest', '/checkin/icon-192.png']) {
      expect(at(file)).toEqual({ uri: file });
    }
    Pages.hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketKeyPrefix: 'checkin',
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
  });

  it('caches what a function allows, apart for each language and each bearer', () => {
    Web.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        DefaultTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          HeadersConfig: { Headers: ['Accept-Language', 'Authorization'] },
          CookiesConfig: { CookieBehavior: 'all' },
        },
      },
    });
  });

  it('may keep a page for as long as it is to be shown while functions fail', () => {
    const caching = String(toResult(cachedBriefly(page('event'))).headers?.['cache-control']);
    const [[, policy] = []] = resourcesOf(Web, 'AWS::CloudFront::CachePolicy');
    const stale = Number(/stale-if-error=(\d+)/.exec(caching)?.[1]);
    expect(stale).toBeLessThanOrEqual(Number(policy?.Properties['CachePolicyConfig']?.['MaxTTL']));
  });

  it('keeps no error longer than its own header says, and replaces no page', () => {
    const [[, distribution] = []] = resourcesOf(Web, 'AWS::CloudFront::Distribution');
    const errors: { ErrorCode: number }[] =
      distribution?.Properties['DistributionConfig']?.['CustomErrorResponses'] ?? [];
    // All that CloudFront lets us name, but for 416, which it never keeps.
    const codes = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];
    expect(errors).toEqual(codes.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });

  it('takes the organisation’s own domain', () => {
    own.Web.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Aliases: ['forum.test'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } },
    });
    expect(own.Web.findOutputs('SiteUrl')).toEqual({
      SiteUrl: expect.objectContaining({ Value: 'https://forum.test' }),
    });
  });
});

describe('identity', () => {
  it('AU6, AU11: signs in with code flow, no secret, a second factor, and rotated sessions that end within 12 hours', () => {
    Identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      AccessTokenValidity: 60,
      RefreshTokenValidity: 600,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
    });
    Identity.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    });
    templates({ 'plenary:mfa': 'optional' }).Identity.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'OPTIONAL',
    });
  });

  it('leads back to the console and nowhere else', () => {
    own.Identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://forum.test/console/'],
      LogoutURLs: ['https://forum.test/console/'],
    });
  });

  it('IN3: keeps accounts, whatever happens to the stack', () => {
    Identity.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  it('is the organisation’s own where one is configured', () => {
    const other = templates({ 'plenary:issuer': 'https://login.forum.test/oidc', 'plenary:clientId': 'plenary' });
    expect(other.Identity).toBeUndefined();
    other.Api.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: 'https://login.forum.test/oidc', Audience: ['plenary'] },
    });
    other.Api.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: { OIDC_ISSUER: 'https://login.forum.test/oidc', OIDC_SCOPE: 'openid offline_access' },
      },
    });
    Api.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { OIDC_SCOPE: 'openid' } } });
  });
});

/** The content security policy of one of the policies for headers. */
function policyOf(template: typeof Web, id: string): string {
  const policies = resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy');
  const [found] = policies.flatMap(([name, { Properties }]) =>
    name.includes(id)
      ? [
          Properties['ResponseHeadersPolicyConfig']?.['SecurityHeadersConfig']?.['ContentSecurityPolicy']?.[
            'ContentSecurityPolicy'
          ],
        ]
      : [],
  );
  return JSON.stringify(found);
}
