import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnEventInvokeConfig, CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';

interface Acknowledgement {
  readonly rule: string;
  /** Paths in the construct tree, after the name of the system. */
  readonly resources: RegExp;
  readonly reason: string;
}

/** What CDK brings along to copy files into a bucket. */
const COPIES_FILES = /^(Web|Pages)\/(Custom::CDKBucketDeployment\w+|Assets\/CopyingRole|CopyingRole)\//;

/** Roles that ask SES about the account: IAM takes nothing but `*` for `ses:GetSendQuota` and `ses:GetAccount`, which `permissions.test.ts` holds them to. */
const ASKS_FOR_ACCOUNT = /^Api\/(Outbox|Housekeeping)\/Role\/Resource$/;

const CANARY = /^Api\/Canary\/(Function\/Resource|Live\/CalledOnce)$/;

/** What cdk-nag holds against resources that are so on purpose; a finding elsewhere stays open. */
export const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions-APIG4',
    resources: /^Api\/Routes\//,
    reason:
      'Attendees have no accounts: they hold links, phones hold tokens, and functions check both. Where organisers sign in, routes.test.ts compares.',
  },
  {
    rule: 'AwsSolutions-CFR1',
    resources: /^Web\/Site\/Distribution\/Resource$/,
    reason: 'People come from anywhere, and travel: nobody is turned away for where they are.',
  },
  {
    rule: 'AwsSolutions-CFR2',
    resources: /^Web\/Site\/Distribution\/Resource$/,
    reason:
      'A firewall costs 12 USD a month, more than all else: plenary:waf asks for it. Throttles of routes, caps on mail and proof of work stand in for it.',
  },
  {
    rule: 'AwsSolutions-CFR3',
    resources: /^Web\/Site\/Distribution\/Resource$/,
    reason:
      'Logs of CloudFront would hold paths, and links of attendees are credentials. The API’s log counts requests by route.',
  },
  {
    rule: 'AwsSolutions-S1',
    resources: /^Web\/Assets\/Bucket\/Resource$/,
    reason:
      'CloudFront alone reads it, and what it holds is public. Logs that come after the bucket was emptied would keep the stack from being deleted.',
  },
  {
    rule: 'AwsSolutions-COG8',
    resources: /^Identity\/Organisers\/Resource$/,
    reason:
      'The Plus plan costs 0.02 USD for each organiser and month; a second factor, which everyone needs, is what its risk scores would ask for.',
  },
  {
    rule: 'AwsSolutions-DDB3',
    resources: /^Data\/Feedback\/Resource$/,
    reason: 'What could be recovered as it was at any moment would tell in which order people answered.',
  },
  {
    rule: 'AwsSolutions-KMS5',
    resources: /^Data\/FeedbackKey\/Resource$/,
    reason:
      'It encrypts keys that live as long as one form or instance; each of its first two rotations would cost 1 USD a month for ever.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    resources: new RegExp(`${COPIES_FILES.source}|${ASKS_FOR_ACCOUNT.source}`),
    reason:
      'CDK gives its function what it copies from and to, by prefixes of actions and keys. SES knows no narrower resource than * for what an account may send.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    resources: /./,
    reason:
      'X-Ray costs 5 USD for a million traces, and wants a permission on * in each role: plenary:tracing asks for it. A request has one id in every log.',
  },
];

interface Inapplicable {
  readonly rule: string;
  readonly reason: string;
  /** @param all resources of the same stack */
  readonly isSo: (resource: CfnResource, all: readonly CfnResource[], path: string) => boolean;
}

/**
 * Rules that ask for what AWS does not take, or what is there in another form. Where that is not so, as of a queue that is nobody's dead
 * letters, the finding stays open.
 */
export const INAPPLICABLE: readonly Inapplicable[] = [
  {
    rule: 'AwsSolutions-IAM5',
    reason: 'Where plenary:tracing is on, a role may tell X-Ray: IAM takes nothing but * for that.',
    isSo: tellsXRayAlone,
  },
  {
    rule: 'Serverless-LambdaStarPermissions',
    reason: 'It is AwsSolutions-IAM5 once more, of X-Ray.',
    isSo: tellsXRayAlone,
  },
  {
    rule: 'AwsSolutions-CFR4',
    reason: 'With its own certificate CloudFront lets nobody choose protocols. An own domain has TLS 1.2 at least.',
    isSo: (resource) =>
      resource instanceof CfnDistribution && !said(resource, resource.distributionConfig).includes('aliases'),
  },
  {
    rule: 'AwsSolutions-L1',
    reason: 'CDK chooses the runtime of what it brings along, and tests it with that.',
    isSo: (_, __, path) => COPIES_FILES.test(path),
  },
  {
    rule: 'Serverless-LambdaLatestVersion',
    reason: 'It is AwsSolutions-L1 once more.',
    isSo: (_, __, path) => COPIES_FILES.test(path),
  },
  {
    rule: 'Serverless-LambdaStarPermissions',
    reason: 'It is AwsSolutions-IAM5 once more.',
    isSo: (_, __, path) => ASKS_FOR_ACCOUNT.test(path),
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    reason:
      'Lambda takes no destination for what comes from a queue, which has dead letters of its own. Only a stream has a position to start from.',
    isSo: (resource) => resource instanceof CfnEventSourceMapping && resource.startingPosition === undefined,
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    reason: 'Dead letters of dead letters would be in a third queue.',
    isSo: isOfDeadLetters,
  },
  {
    rule: 'AwsSolutions-SQS3',
    reason: 'It is Serverless-SQSRedrivePolicy once more, where SNS leaves its letters.',
    isSo: isOfDeadLetters,
  },
  {
    rule: 'Serverless-LambdaDLQ',
    reason: 'A destination takes its place where a rule calls. What else calls waits for the answer, and is told.',
    isSo: (resource, all) => {
      const aliases = all.filter((each) => each instanceof CfnAlias && names(resource, each, each.functionName));
      const isCalled = all.some(
        (each) => each instanceof CfnRule && [resource, ...aliases].some((one) => names(one, each, each.targets)),
      );
      const hasDestination = all.some(
        (each) =>
          each instanceof CfnEventInvokeConfig &&
          names(resource, each, each.functionName) &&
          said(each, each.destinationConfig).includes('onFailure'),
      );
      return hasDestination || !isCalled;
    },
  },
  ...(['Serverless-LambdaDLQ', 'Serverless-LambdaAsyncFailureDestination'] as const).map((rule) => ({
    rule,
    reason:
      'A destination would give the canary a right that it has not: its alarm rings where it fails or is not called.',
    isSo: (_: CfnResource, __: readonly CfnResource[], path: string) => CANARY.test(path),
  })),
];

const TELLS_X_RAY = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** Whether all that a role may do to anything is to tell X-Ray. */
function tellsXRayAlone(resource: CfnResource): boolean {
  if (!(resource instanceof CfnRole)) return false;
  const policies: readonly CfnRole.PolicyProperty[] = Stack.of(resource).resolve(resource.policies) ?? [];
  const wild = policies
    .flatMap(({ policyDocument }) => policyDocument.Statement)
    .filter(({ Resource }: { Resource: unknown }) => Resource === '*');
  return wild.length > 0 && wild.every(({ Action }) => [Action].flat().every((each) => TELLS_X_RAY.includes(each)));
}

function isOfDeadLetters(resource: CfnResource, all: readonly CfnResource[]): boolean {
  return all.some(
    (each) =>
      (each instanceof CfnQueue || each instanceof CfnSubscription) && names(resource, each, each.redrivePolicy),
  );
}

/** A part of a resource as its template will have it. */
const said = (resource: CfnResource, part: unknown): string => JSON.stringify(Stack.of(resource).resolve(part)) ?? '';

/** Whether a part of another resource refers to this one. */
const names = (resource: CfnResource, other: CfnResource, part: unknown): boolean =>
  said(other, part).includes(`"${Stack.of(resource).resolve(resource.logicalId)}"`);
