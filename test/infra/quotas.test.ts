import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { templates } from './fixture.ts';
import { exceededQuotas, typesIn } from './quotas/exceeded.ts';
import { allowanceOf, type StackTemplate } from './quotas/quota.ts';
import { QUOTAS, STACK_QUOTAS, WITHOUT_QUOTA } from './quotas/table.ts';

const numbered = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join();

/** Everything that configuration can add, at once. */
const LARGEST = {
  'plenary:siteDomain': 'registration.forum-on-something.example.org',
  'plenary:mailDomain': 'forum-on-something.example.org',
  'plenary:hostedZoneId': 'Z0123456789ABCDEFGHIJKLMNOPQRSTU',
  'plenary:dmarcReports': 'reports@forum-on-something.example.org',
  'plenary:waf': 'on',
  'plenary:sandboxRecipients': numbered(20, (n) => `tester-${n}@tester-${n}.forum-on-something.example.org`),
  'plenary:originKeyGeneration': '3',
  'plenary:ticketKeyGeneration': '20',
  'plenary:formerTicketKeys': numbered(19, (n) => String.fromCharCode(65 + n).repeat(43)),
};

/** In place of Cognito. */
const PROVIDER = {
  'plenary:issuer': 'https://login.identity-of-something.example.org/realms/forum-on-something',
  'plenary:clientId': 'console-of-forum-on-something',
  'plenary:tokenOrigin': 'https://tokens.identity-of-something.example.org',
};

const jsonOf = (context?: Record<string, string>): Record<string, StackTemplate> =>
  Object.fromEntries(Object.entries(templates(context)).map(([name, template]) => [name, template.toJSON()]));

const smallest = jsonOf();
const largest = jsonOf(LARGEST);
const withProvider = jsonOf({ ...LARGEST, ...PROVIDER });

describe('IN9: no template uses more than its share of a quota', () => {
  it('as cdk.json configures it', () => expect(exceededQuotas(smallest)).toEqual([]));

  it('with everything that configuration can add', () => {
    expect(exceededQuotas(largest)).toEqual([]);
    expect(exceededQuotas(withProvider)).toEqual([]);
  });

  it('of lists that have no end of their own, configuration takes as many and no more', () => {
    const one = LARGEST['plenary:sandboxRecipients'];
    expect(() => readConfig({ 'plenary:sandboxRecipients': `${one},one-more@example.org` })).toThrow('20 addresses');
    expect(() => readConfig({ 'plenary:ticketKeyGeneration': '21' })).toThrow('plenary:ticketKeyGeneration');
    const keys = `${LARGEST['plenary:formerTicketKeys']},${'_'.repeat(43)}`;
    expect(() => readConfig({ 'plenary:formerTicketKeys': keys })).toThrow('plenary:formerTicketKeys');
  });

  it('and every type of resource was looked up', () => {
    const known = [...Object.keys(QUOTAS), ...Object.keys(WITHOUT_QUOTA)];
    expect(typesIn({ ...smallest, ...prefixed(largest) }).filter((type) => !known.includes(type))).toEqual([]);
  });

  it('and every quota names the page of AWS that states it', () => {
    const all = [...STACK_QUOTAS, ...Object.values(QUOTAS).flat()];
    for (const { name, limit, source } of all) {
      expect(source, name).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
      expect(limit, name).toBeGreaterThan(0);
    }
  });
});

describe('a quota below ten may be used up, of any other 70 %', () => {
  it.each([
    [1, 1],
    [5, 5],
    [9, 9],
    [10, 7],
    [300, 210],
  ])('of %i: %i', (limit, allowance) => expect(allowanceOf({ limit })).toBe(allowance));
});

describe('what is above its share is named', () => {
  const api = (count: number): StackTemplate => ({
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `Route${n}`,
        { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' } } },
      ]),
    ),
  });

  it.each([
    ['as many routes as an API may use', 210, []],
    ['one more', 211, ['ApiId {"Ref":"Api"} uses 211 of 300: Routes per API']],
  ])('%s', (_, count, lines) => expect(exceededQuotas({ Api: api(count) })).toEqual(lines));

  it('a policy whose cache key lists more query strings than CloudFront takes', () => {
    expect(exceededQuotas({ Web: one('AWS::CloudFront::CachePolicy', cachePolicy(17)) })).toEqual([
      'Web/It uses 17 of 10: Query strings per cache policy',
    ]);
    expect(exceededQuotas({ Web: one('AWS::CloudFront::CachePolicy', cachePolicy(7)) })).toEqual([]);
  });

  it('what an account holds of several systems', () => {
    const policies = (count: number): StackTemplate => ({
      Resources: Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`P${n}`, { Type: 'AWS::CloudFront::ResponseHeadersPolicy' }]),
      ),
    });
    expect(exceededQuotas({ Web: policies(4) })).toEqual([]);
    expect(exceededQuotas({ Web: policies(3), Other: policies(2) })).toEqual([
      'the account uses 15 of 20: Custom response headers policies',
    ]);
  });

  it('an environment whose values are known only once they are deployed', () => {
    const variables = (count: number) => ({
      Environment: {
        Variables: Object.fromEntries(
          Array.from({ length: count }, (_, n) => [`VARIABLE_${n}`, { 'Fn::GetAtt': ['Table', 'Arn'] }]),
        ),
      },
    });
    expect(exceededQuotas({ Api: one('AWS::Lambda::Function', variables(10)) })).toEqual([]);
    expect(exceededQuotas({ Api: one('AWS::Lambda::Function', variables(25)) })).toEqual([
      expect.stringMatching(/^Api\/It uses \d+ of 4096: Bytes of environment variables$/),
    ]);
  });

  it('a second function for the same event of a behavior', () => {
    const twice = ['viewer-request', 'viewer-request'].map((EventType) => ({ EventType, FunctionARN: 'arn' }));
    const distribution = (FunctionAssociations: object[]) => ({
      DistributionConfig: { DefaultCacheBehavior: { FunctionAssociations } },
    });
    expect(exceededQuotas({ Web: one('AWS::CloudFront::Distribution', distribution(twice.slice(1))) })).toEqual([]);
    expect(exceededQuotas({ Web: one('AWS::CloudFront::Distribution', distribution(twice)) })).toEqual([
      'Web/It uses 2 of 1: Functions for one event of a behavior',
    ]);
  });

  it('a template of too many resources', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 351 }, (_, n) => [`R${n}`, { Type: 'AWS::SQS::Queue' }] as const),
    );
    expect(exceededQuotas({ Api: { Resources } })).toEqual(['Api uses 351 of 500: Resources']);
  });
});

const one = (Type: string, Properties: Record<string, unknown>): StackTemplate => ({
  Resources: { It: { Type, Properties } },
});

const cachePolicy = (count: number) => ({
  CachePolicyConfig: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      QueryStringsConfig: { QueryStrings: Array.from({ length: count }, (_, n) => `q${n}`) },
    },
  },
});

const prefixed = (stacks: Record<string, StackTemplate>): Record<string, StackTemplate> =>
  Object.fromEntries(Object.entries(stacks).map(([name, template]) => [`Largest${name}`, template]));
