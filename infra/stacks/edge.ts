import { CfnOutput, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** Where CloudFront looks for certificates and web ACLs, whatever the system's own region is. */
const EDGE = { region: 'us-east-1' } as const;

/** What a stack of another region reads of one here, without holding on to it. */
function given(stack: Stack, output: string, value: string): string {
  new CfnOutput(stack, output, { value });
  return Fn.getStackOutput(stack.stackName, output, EDGE.region);
}

/** The certificate of the site's domain, which ACM proves and renews by a record in the hosted zone. */
export class EdgeStack extends Stack {
  readonly certificateArn: string;

  constructor(
    scope: Construct,
    id: string,
    { domainName, hostedZoneId }: { readonly domainName: string; readonly hostedZoneId: string },
  ) {
    super(scope, id, { description: 'Plenary: certificate of the site', env: EDGE });
    const certificate = new CfnCertificate(this, 'Certificate', {
      domainName,
      validationMethod: 'DNS',
      domainValidationOptions: [{ domainName, hostedZoneId }],
    });
    // With another zone it is another certificate. Whoever reads it learns of that only where their own template changes.
    this.certificateArn = given(this, `Certificate${hostedZoneId}`, certificate.ref);
  }
}

/** Seconds that rates are counted over. */
const WINDOW = 300;

/**
 * Requests of one address within five minutes. A conference of a thousand people is one address to us, so that its busiest five minutes have to
 * pass: everybody opens a page of eight requests (8,000), thirty phones at the doors ask and send every other second (9,000), and ten consoles are open.
 */
const RATES = {
  /** Everybody answers a feedback form, in three posts, or registers at the door. */
  Forms: 4_000,
  /** Every other one lost their link. */
  Recovery: 500,
  /** AWS has seen attacks from there; it may still be a mobile network with attendees behind it. */
  Listed: 1_000,
  Everything: 20_000,
} as const;

/**
 * What AWS looks for, and rules of it that would refuse people, so that they count alone:
 *
 * - bodies of more than 8 KB are forms in Khmer, of delegations and uploads; addresses, paths and markup in them are what people write, which
 *   is escaped wherever it is shown;
 * - own providers of identity come back with codes longer than 2 KB in the query;
 * - mailbox providers that unsubscribe by one click (RFC 8058), and calendars, may name no agent;
 * - behind an address with a bad name is often a mobile network: such an address gets a rate of its own.
 */
const MANAGED = {
  AmazonIpReputationList: ['AWSManagedIPReputationList'],
  KnownBadInputsRuleSet: [],
  CommonRuleSet: [
    ...['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY', 'GenericLFI_BODY'],
    ...['SizeRestrictions_QUERYSTRING', 'NoUserAgent_HEADER'],
  ],
} as const;

/** A label of the list of addresses, whichever of its rules counted. */
const LISTED = 'awswaf:managed:aws:amazon-ip-list:';

const TOO_MANY = 'TooMany';

/** What is refused before CloudFront answers: too many requests of one address, and what nobody but an attacker sends. */
export class WafStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, { name, logRetentionDays }: Pick<Config, 'name' | 'logRetentionDays'>) {
    super(scope, id, { description: 'Plenary: web application firewall', env: EDGE });
    const acl = new CfnWebACL(this, 'WebAcl', {
      ...{ scope: 'CLOUDFRONT', defaultAction: { allow: {} }, visibilityConfig: seen(name) },
      customResponseBodies: {
        [TOO_MANY]: {
          contentType: 'TEXT_PLAIN',
          content: 'Too many requests come from your network. Please try again in five minutes.',
        },
      },
      // What rules matched is logged as well: `redactedFields` is about whole fields.
      dataProtectionConfig: {
        dataProtections: ['BODY', 'QUERY_STRING', 'SINGLE_HEADER', 'SINGLE_COOKIE'].map((fieldType) => ({
          ...{ action: 'SUBSTITUTION', field: { fieldType } },
        })),
      },
      rules: [...Object.entries(MANAGED).map(managed), ...rates()].map((rule, priority) => ({ ...rule, priority })),
    });
    // Its name is fixed, since WAF takes no other: it goes with its stack, or that could not be made again.
    const { logGroupName } = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${name}`,
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [this.formatArn({ service: 'logs', resource: `log-group:${logGroupName}` })],
      // Credentials are in paths.
      redactedFields: [{ uriPath: {} }, { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
    this.webAclArn = given(this, 'WebAclArn', acl.attrArn);
  }
}

/** Counted, and no sample of requests kept: these would show paths. */
const seen = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  ...{ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false },
});

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

const managed = ([name, counted]: [string, readonly string[]]): Rule => ({
  name,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      ...{ vendorName: 'AWS', name: `AWSManagedRules${name}` },
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});

/** The narrowest first. */
const rates = (): Rule[] => [
  rate('Listed', { labelMatchStatement: { scope: 'NAMESPACE', key: LISTED } }),
  rate('Recovery', posted('^/(e/[^/]+/find|api/events/[^/]+/registrations/recover)/?$')),
  rate('Forms', posted('^/(e|api/events)/')),
  rate('Everything'),
];

const rate = (name: keyof typeof RATES, scopeDownStatement?: CfnWebACL.StatementProperty): Rule => ({
  name,
  action: {
    block: {
      customResponse: {
        ...{ responseCode: 429, customResponseBodyKey: TOO_MANY },
        responseHeaders: [{ name: 'retry-after', value: String(WINDOW) }],
      },
    },
  },
  statement: {
    rateBasedStatement: {
      ...{ aggregateKeyType: 'IP', limit: RATES[name], evaluationWindowSec: WINDOW },
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  visibilityConfig: seen(name),
});

const posted = (path: string): CfnWebACL.StatementProperty => ({
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          ...{ fieldToMatch: { method: {} }, positionalConstraint: 'EXACTLY', searchString: 'POST' },
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
      {
        regexMatchStatement: {
          ...{ fieldToMatch: { uriPath: {} }, regexString: path },
          // As functions read it: `/%65/` is `/e/`.
          textTransformations: [{ priority: 0, type: 'URL_DECODE' }],
        },
      },
    ],
  },
});
