import { type AwsQuota, at, bytesOf, countOf, listAt, type StackQuota, type TemplateResource } from './quota.ts';

const DOCS = 'https://docs.aws.amazon.com';
const CLOUDFORMATION = `${DOCS}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`;
const CLOUDFRONT = `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`;
const EDGE_FUNCTIONS = `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html`;
const HTTP_API = `${DOCS}/apigateway/latest/developerguide/http-api-quotas.html`;
const API_ACCOUNT = `${DOCS}/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html`;
const BUDGETS = `${DOCS}/cost-management/latest/userguide/management-limits.html`;
const CLOUDWATCH = `${DOCS}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`;
const COGNITO = `${DOCS}/cognito/latest/developerguide/quotas.html`;
const DYNAMODB = `${DOCS}/amazondynamodb/latest/developerguide/ServiceQuotas.html`;
const STREAMS = `${DOCS}/amazondynamodb/latest/developerguide/Streams.html`;
const EVENTBRIDGE = `${DOCS}/eventbridge/latest/userguide/eb-quota.html`;
const IAM = `${DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html`;
const KMS = `${DOCS}/kms/latest/developerguide/resource-limits.html`;
const LAMBDA = `${DOCS}/lambda/latest/dg/gettingstarted-limits.html`;
const LAMBDA_FILTERS = `${DOCS}/lambda/latest/dg/invocation-eventfiltering.html`;
const LOGS = `${DOCS}/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html`;
const ACM = `${DOCS}/acm/latest/userguide/acm-limits.html`;
const ROUTE_53 = `${DOCS}/Route53/latest/DeveloperGuide/DNSLimitations.html`;
const WAF = `${DOCS}/waf/latest/developerguide/limits.html`;
const S3 = `${DOCS}/general/latest/gr/s3.html`;
const SES = `${DOCS}/ses/latest/dg/quotas.html`;
const SNS = `${DOCS}/general/latest/gr/sns.html`;
const SQS_POLICY = `${DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html`;

type Used = AwsQuota['used'];
type Numbered = readonly [name: string, limit: number, adjustable?: 'adjustable'];

const quota = (
  scope: Pick<AwsQuota, 'scope' | 'parent'>,
  source: string,
  [name, limit, adjustable]: Numbered,
  used: Used = () => 1,
): AwsQuota => ({ name, limit, adjustable: adjustable !== undefined, source, ...scope, used });

const perAccount = (source: string, ...numbered: Numbered): AwsQuota => quota({ scope: 'account' }, source, numbered);
const perParent = (parent: string, source: string, numbered: Numbered, used?: Used): AwsQuota =>
  quota({ scope: 'parent', parent }, source, numbered, used);
const perResource = (source: string, numbered: Numbered, used: Used): AwsQuota =>
  quota({ scope: 'resource' }, source, numbered, used);

/** The number of entries of the list at a path of the properties. */
const entries =
  (...path: readonly string[]): Used =>
  ({ Properties }) =>
    listAt(Properties, ...path).length;

const bytes =
  (...path: readonly string[]): Used =>
  ({ Properties }) =>
    bytesOf(at(Properties, ...path));

/** The greatest of what some parts of a resource use. */
const greatest =
  <Part>(partsOf: (resource: TemplateResource) => readonly Part[], used: (part: Part) => number): Used =>
  (resource) =>
    Math.max(0, ...partsOf(resource).map(used));

const originsOf = ({ Properties }: TemplateResource) => listAt(Properties, 'DistributionConfig', 'Origins');
const behaviorsOf = ({ Properties }: TemplateResource): readonly unknown[] => [
  at(Properties, 'DistributionConfig', 'DefaultCacheBehavior'),
  ...listAt(Properties, 'DistributionConfig', 'CacheBehaviors'),
];
const customHeadersOf = (resource: TemplateResource) =>
  originsOf(resource).flatMap((origin) => listAt(origin, 'OriginCustomHeaders'));

/** How many functions of a behavior answer the same event. */
function functionsForOneEvent(behavior: unknown): number {
  const events = listAt(behavior, 'FunctionAssociations').map((each) => at(each, 'EventType'));
  return Math.max(0, ...events.map((event) => events.filter((each) => each === event).length));
}

/** The quotas on names that a policy lists. */
const policyNames = (kind: string, ...config: readonly string[]): AwsQuota[] => {
  const lists = [
    ['Query strings', 'QueryStringsConfig', 'QueryStrings'],
    ['Headers', 'HeadersConfig', 'Headers'],
    ['Cookies', 'CookiesConfig', 'Cookies'],
  ] as const;
  return [
    ...lists.map(([name, ...path]) =>
      perResource(CLOUDFRONT, [`${name} per ${kind} policy`, 10, 'adjustable'], entries(...config, ...path)),
    ),
    perResource(
      CLOUDFRONT,
      [`Characters of all names in a ${kind} policy`, 1024],
      ({ Properties }) => lists.flatMap(([, ...path]) => listAt(Properties, ...config, ...path)).join('').length,
    ),
  ];
};

const projectedAttributes = ({ Properties }: TemplateResource): number =>
  listAt(Properties, 'GlobalSecondaryIndexes').flatMap((index) => listAt(index, 'Projection', 'NonKeyAttributes'))
    .length;

const inlinePolicies = ({ Properties }: TemplateResource): number =>
  listAt(Properties, 'Policies').reduce<number>((sum, policy) => sum + bytesOf(at(policy, 'PolicyDocument')), 0);

/** The statement that Lambda makes of a permission names all that the permission does, and some words of its own. */
const statement = ({ Properties }: TemplateResource): number => bytesOf(Properties) + 200;

const alarmsNamed = ({ Properties }: TemplateResource): number =>
  JSON.stringify(at(Properties, 'AlarmRule')).split('ALARM(').length - 1;

/** A dashboard is text of which CloudFormation knows parts alone: each metric of it has a statistic of its own. */
const metricsShown = ({ Properties }: TemplateResource): number =>
  JSON.stringify(at(Properties, 'DashboardBody')).split(/\\"stat\\?"/).length - 1;

/** As AWS states them of each group of its own; a rate over a few matches is reckoned as if it were one of the dearest of ours. */
const UNITS: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesAmazonIpReputationList: 25,
};
const capacityUnits = ({ Properties }: TemplateResource): number =>
  listAt(Properties, 'Rules').reduce<number>((sum, rule) => {
    const group = at(rule, 'Statement', 'ManagedRuleGroupStatement', 'Name');
    return sum + (typeof group === 'string' ? (UNITS[group] ?? Number.POSITIVE_INFINITY) : 20);
  }, 0);

/** Quotas on a template as a whole. */
export const STACK_QUOTAS: readonly StackQuota[] = (
  [
    ['Resources', 500, ({ Resources }) => countOf(Resources)],
    ['Outputs', 200, ({ Outputs }) => countOf(Outputs)],
    ['Parameters', 200, ({ Parameters }) => countOf(Parameters)],
    ['Mappings', 200, ({ Mappings }) => countOf(Mappings)],
    ['Bytes of a template in S3', 1024 * 1024, (template) => Buffer.byteLength(JSON.stringify(template))],
    ['Bytes of its description', 1024, ({ Description = '' }) => Buffer.byteLength(Description)],
  ] satisfies [string, number, StackQuota['used']][]
).map(([name, limit, used]) => ({ name, limit, used, adjustable: false, source: CLOUDFORMATION }));

/**
 * Quotas by the type of the resource that uses them, each as AWS states it for a new account. Where AWS raised one for new
 * accounts only, or it differs by region, the lower number counts.
 */
export const QUOTAS: Readonly<Record<string, readonly AwsQuota[]>> = {
  'AWS::ApiGatewayV2::Api': [perAccount(API_ACCOUNT, 'Regional APIs', 600)],
  'AWS::ApiGatewayV2::Authorizer': [
    perParent('ApiId', HTTP_API, ['Authorizers per API', 10, 'adjustable']),
    perResource(HTTP_API, ['Audiences per authorizer', 50], entries('JwtConfiguration', 'Audience')),
  ],
  'AWS::ApiGatewayV2::Integration': [perParent('ApiId', HTTP_API, ['Integrations per API', 300])],
  'AWS::ApiGatewayV2::Route': [
    // However they are made: one by one or from a document.
    perParent('ApiId', HTTP_API, ['Routes per API', 300, 'adjustable']),
    perResource(HTTP_API, ['Scopes per route', 10], entries('AuthorizationScopes')),
  ],
  'AWS::ApiGatewayV2::Stage': [
    perParent('ApiId', HTTP_API, ['Stages per API', 10, 'adjustable']),
    perResource(HTTP_API, ['Bytes of an access log template', 3 * 1024], bytes('AccessLogSettings', 'Format')),
  ],
  'AWS::Budgets::Budget': [perAccount(BUDGETS, 'Budgets', 20_000)],
  'AWS::CertificateManager::Certificate': [perAccount(ACM, 'ACM certificates', 2500, 'adjustable')],
  'AWS::CloudWatch::Alarm': [
    perAccount(CLOUDWATCH, 'Alarms', 5000, 'adjustable'),
    perResource(
      CLOUDWATCH,
      ['Metrics of an alarm with metric math', 10],
      (it) => listAt(it.Properties, 'Metrics').length,
    ),
    perResource(CLOUDWATCH, ['Actions of an alarm', 5], entries('AlarmActions')),
  ],
  'AWS::CloudWatch::CompositeAlarm': [
    perResource(CLOUDWATCH, ['Alarms that a composite alarm names', 100], alarmsNamed),
    perResource(CLOUDWATCH, ['Actions of a composite alarm', 5], entries('AlarmActions')),
  ],
  'AWS::CloudWatch::Dashboard': [perResource(CLOUDWATCH, ['Metrics of a dashboard', 2500], metricsShown)],
  'AWS::CloudFront::CachePolicy': [
    perAccount(CLOUDFRONT, 'Custom cache policies', 20, 'adjustable'),
    ...policyNames('cache', 'CachePolicyConfig', 'ParametersInCacheKeyAndForwardedToOrigin'),
  ],
  'AWS::CloudFront::Distribution': [
    perAccount(CLOUDFRONT, 'Distributions', 200, 'adjustable'),
    perResource(CLOUDFRONT, ['Cache behaviors', 25, 'adjustable'], (resource) => behaviorsOf(resource).length),
    perResource(CLOUDFRONT, ['Origins', 25, 'adjustable'], (resource) => originsOf(resource).length),
    perResource(CLOUDFRONT, ['Alternate domain names', 100, 'adjustable'], entries('DistributionConfig', 'Aliases')),
    perResource(CLOUDFRONT, ['Custom headers for an origin', 30, 'adjustable'], (it) => customHeadersOf(it).length),
    perResource(
      CLOUDFRONT,
      ['Characters of the value of a custom header', 1783],
      greatest(customHeadersOf, (header) => bytesOf(at(header, 'HeaderValue'))),
    ),
    perResource(
      EDGE_FUNCTIONS,
      ['Functions for one event of a behavior', 1],
      greatest(behaviorsOf, functionsForOneEvent),
    ),
  ],
  'AWS::CloudFront::Function': [
    perAccount(CLOUDFRONT, 'Functions', 100),
    perResource(CLOUDFRONT, ['Bytes of a function', 10 * 1024], bytes('FunctionCode')),
  ],
  'AWS::CloudFront::OriginAccessControl': [perAccount(CLOUDFRONT, 'Origin access controls', 100, 'adjustable')],
  'AWS::CloudFront::ResponseHeadersPolicy': [
    perAccount(CLOUDFRONT, 'Custom response headers policies', 20, 'adjustable'),
    perResource(
      CLOUDFRONT,
      ['Custom headers per response headers policy', 10, 'adjustable'],
      entries('ResponseHeadersPolicyConfig', 'CustomHeadersConfig', 'Items'),
    ),
    perResource(
      CLOUDFRONT,
      ['Characters of a content security policy', 1783, 'adjustable'],
      bytes(
        ...['ResponseHeadersPolicyConfig', 'SecurityHeadersConfig', 'ContentSecurityPolicy', 'ContentSecurityPolicy'],
      ),
    ),
  ],
  'AWS::Cognito::UserPool': [
    perAccount(COGNITO, 'User pools', 1000, 'adjustable'),
    perResource(COGNITO, ['Custom attributes per user pool', 50], entries('Schema')),
  ],
  'AWS::Cognito::UserPoolClient': [
    perParent('UserPoolId', COGNITO, ['App clients per user pool', 1000, 'adjustable']),
    perResource(COGNITO, ['Callback URLs per app client', 100], entries('CallbackURLs')),
    perResource(COGNITO, ['Logout URLs per app client', 100], entries('LogoutURLs')),
    perResource(COGNITO, ['Scopes per app client', 50], entries('AllowedOAuthScopes')),
  ],
  'AWS::Cognito::UserPoolDomain': [perParent('UserPoolId', COGNITO, ['Prefix domains per user pool', 1])],
  'AWS::DynamoDB::Table': [
    perAccount(DYNAMODB, 'Tables', 2500, 'adjustable'),
    perResource(DYNAMODB, ['Global secondary indexes', 20, 'adjustable'], entries('GlobalSecondaryIndexes')),
    perResource(DYNAMODB, ['Attributes projected into all indexes', 100], projectedAttributes),
  ],
  'AWS::Events::Rule': [
    // 300 but in some regions, among them those of Cape Town and Milan.
    perAccount(EVENTBRIDGE, 'Rules per event bus', 100, 'adjustable'),
    perResource(EVENTBRIDGE, ['Characters of an event pattern', 2048, 'adjustable'], bytes('EventPattern')),
    perResource(EVENTBRIDGE, ['Targets per rule', 5], entries('Targets')),
  ],
  'AWS::IAM::Policy': [
    perParent('Roles', IAM, ['Characters of inline policies per role', 10_240], bytes('PolicyDocument')),
  ],
  'AWS::IAM::Role': [
    perAccount(IAM, 'Roles', 1000, 'adjustable'),
    perResource(IAM, ['Managed policies per role', 10, 'adjustable'], entries('ManagedPolicyArns')),
    perResource(IAM, ['Characters of a trust policy', 2048, 'adjustable'], bytes('AssumeRolePolicyDocument')),
    perResource(IAM, ['Characters of inline policies per role', 10_240], inlinePolicies),
  ],
  'AWS::KMS::Key': [
    perAccount(KMS, 'Keys', 100_000, 'adjustable'),
    perResource(KMS, ['Bytes of a key policy', 32 * 1024], bytes('KeyPolicy')),
  ],
  'AWS::Lambda::EventSourceMapping': [
    perResource(LAMBDA_FILTERS, ['Filters per mapping', 5, 'adjustable'], entries('FilterCriteria', 'Filters')),
    perResource(
      LAMBDA_FILTERS,
      ['Characters of a filter', 4096],
      greatest(
        ({ Properties }) => listAt(Properties, 'FilterCriteria', 'Filters'),
        (filter) => bytesOf(at(filter, 'Pattern')),
      ),
    ),
    perParent('EventSourceArn', STREAMS, ['Readers of a shard before they are throttled', 2]),
  ],
  'AWS::Lambda::Function': [
    perResource(LAMBDA, ['Bytes of environment variables', 4096], bytes('Environment', 'Variables')),
    perResource(LAMBDA, ['Layers', 5], entries('Layers')),
  ],
  'AWS::Lambda::Permission': [
    perParent('FunctionName', LAMBDA, ['Bytes of the policy of a function', 20 * 1024], statement),
  ],
  'AWS::Logs::MetricFilter': [perParent('LogGroupName', LOGS, ['Metric filters per log group', 100])],
  'AWS::Logs::LogGroup': [perAccount(LOGS, 'Log groups', 1_000_000, 'adjustable')],
  'AWS::Route53::RecordSet': [perParent('HostedZoneId', ROUTE_53, ['Records per hosted zone', 10_000, 'adjustable'])],
  'AWS::S3::Bucket': [perAccount(S3, 'Buckets', 100, 'adjustable')],
  'AWS::S3::BucketPolicy': [perResource(S3, ['Bytes of a bucket policy', 20 * 1024], bytes('PolicyDocument'))],
  'AWS::SES::ConfigurationSet': [perAccount(SES, 'Configuration sets', 10_000)],
  'AWS::SES::ConfigurationSetEventDestination': [
    perParent('ConfigurationSetName', SES, ['Event destinations per configuration set', 10]),
  ],
  'AWS::SES::EmailIdentity': [perAccount(SES, 'Identities', 10_000, 'adjustable')],
  'AWS::SNS::Subscription': [perParent('TopicArn', SNS, ['Subscriptions per topic', 12_500_000])],
  'AWS::SNS::Topic': [perAccount(SNS, 'Topics', 100_000)],
  'AWS::SNS::TopicPolicy': [perResource(SNS, ['Bytes of a topic policy', 30 * 1024], bytes('PolicyDocument'))],
  'AWS::SQS::QueuePolicy': [
    perResource(SQS_POLICY, ['Bytes of a policy', 8192], bytes('PolicyDocument')),
    perResource(SQS_POLICY, ['Statements of a policy', 20], entries('PolicyDocument', 'Statement')),
  ],
  'AWS::WAFv2::LoggingConfiguration': [
    perParent('ResourceArn', WAF, ['Log destinations per web ACL', 1]),
    perResource(WAF, ['Redacted fields', 100], entries('RedactedFields')),
  ],
  'AWS::WAFv2::WebACL': [
    perAccount(WAF, 'Web ACLs', 100, 'adjustable'),
    perResource(WAF, ['Custom response bodies', 50, 'adjustable'], ({ Properties }) =>
      countOf(at(Properties, 'CustomResponseBodies')),
    ),
    perResource(WAF, ['Capacity units per web ACL', 5000], capacityUnits),
  ],
};

/** Types that use no quota of theirs, and why; whatever they make is counted by its own type. */
export const WITHOUT_QUOTA: Readonly<Record<string, string>> = {
  'AWS::Lambda::Alias': 'AWS limits no number of aliases',
  'AWS::Lambda::EventInvokeConfig': 'one for each function and version, which CloudFormation itself checks',
  'AWS::Lambda::LayerVersion': 'storage of 75 GB per region, of which the layer of CDK takes some MB',
  'AWS::Lambda::Version':
    'storage of 75 GB per region, of which a deployment takes 5 MB: docs/operations.md, "Undoing a deployment"',
  'AWS::SQS::Queue': 'AWS limits no number of queues',
  'Custom::CDKBucketDeployment': 'a call of a function',
  'Custom::OriginKeys': 'a call of a function',
  'Custom::S3AutoDeleteObjects': 'a call of a function',
};
