import { readdirSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { TABLES, type TableShape } from '../../shared/store/tables.ts';
import { resourcesOf, templates } from './fixture.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

const { Data, Mail, Web, Identity, Api } = templates();
const own = templates({
  'plenary:siteDomain': 'forum.test',
  'plenary:certificateArn': CERTIFICATE,
  'plenary:mailDomain': 'forum.test',
  'plenary:removal': 'destroy',
});

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
      JSON.stringify(Properties['Environment']),
    );
    expect(
      environment.filter((each) => each.includes('TICKET_KEY_ID')).every((each) => each.includes('TicketKey2')),
    ).toBe(true);
    expect(environment.filter((each) => each.includes('A'.repeat(43)))).toHaveLength(1);
  });

  it('IN3: survives mistakes and the stack itself', () => {
    const tables = resourcesOf(Data, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(Object.keys(TABLES).length);
    for (const [id, { Properties, DeletionPolicy }] of tables) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        // What was there at each moment would tell in which order people answered.
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: !id.startsWith('Feedback') },
      });
    }
    for (const [, { DeletionPolicy }] of resourcesOf(Data, 'AWS::KMS::Key')) expect(DeletionPolicy).toBe('Retain');
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

  it('proves a domain where one is configured', () => {
    Mail.resourceCountIs('AWS::SES::EmailIdentity', 0);
    own.Mail.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'forum.test' });
    expect(Object.keys(own.Mail.findOutputs('*'))).toEqual(
      expect.arrayContaining(['DkimRecord1', 'DkimRecord2', 'DkimRecord3']),
    );
  });
});

describe('what is said of SES at deployment', () => {
  const outputs = (template: typeof Mail): Record<string, string> =>
    Object.fromEntries(
      Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, JSON.stringify(Value)]),
    );

  it('is whether the account is in its sandbox, what that means and how to leave it', () => {
    const { SesProductionAccess = '' } = outputs(Mail);
    expect(SesProductionAccess).toMatch(/"Fn::GetAtt":\["SesAccount\w+","ProductionAccessEnabled"\]/);
    for (const part of ['verified addresses only', '200 a day', 'console.aws.amazon.com/ses/', 'put-account-details']) {
      expect(SesProductionAccess).toContain(part);
    }
  });

  it('is whether its domain is verified, where it proves one', () => {
    expect(outputs(Mail)).not.toHaveProperty('MailDomainVerified');
    expect(outputs(own.Mail)['MailDomainVerified']).toMatch(/"VerifiedForSendingStatus".*DkimRecord1/);
    const [[, { DependsOn = [] } = {}] = []] = Object.entries(own.Mail.findResources('Custom::SesDomain'));
    const [[identity = ''] = []] = resourcesOf(own.Mail, 'AWS::SES::EmailIdentity');
    expect(DependsOn).toContain(identity);
  });

  it('is asked anew at each deployment, and asks for nothing else', () => {
    const callOf = (template: typeof Mail): string =>
      JSON.stringify(Object.values(template.findResources('Custom::SesAccount'))[0]?.['Properties']);
    expect(callOf(Mail)).not.toBe(callOf(own.Mail));
    const actions = resourcesOf(own.Mail, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
      (Properties['PolicyDocument'] as { Statement: { Action: string }[] } | undefined)?.Statement.map(
        ({ Action }) => Action,
      ),
    );
    expect(actions.sort()).toEqual(['ses:GetAccount', 'ses:GetEmailIdentity']);
  });
});

describe('web', () => {
  it('IN3: shows files to the distribution only', () => {
    Web.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    Web.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
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
    Web.hasResourceProperties('Custom::CDKBucketDeployment', {
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
    Web.hasResourceProperties('Custom::CDKBucketDeployment', {
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
          QueryStringsConfig: { QueryStrings: Match.arrayWith(['lang', 'sent', 'cursor']) },
          HeadersConfig: { Headers: ['Accept-Language', 'Authorization'] },
          CookiesConfig: { CookieBehavior: 'all' },
        },
      },
    });
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
  it('AU6: signs in with code flow, no secret, rotated sessions that end within 12 hours, and may ask for a second factor', () => {
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
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    });
    templates({ 'plenary:mfa': 'required' }).Identity.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
    });
  });

  it('leads back to the console and nowhere else', () => {
    own.Identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://forum.test/console/'],
      LogoutURLs: ['https://forum.test/console/'],
    });
  });

  it('IN3: keeps accounts, whatever happens to the stack', () => {
    Identity.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
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
