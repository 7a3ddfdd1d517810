import { createHash } from 'node:crypto';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type CfnFunction,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import cdk from 'aws-cdk-lib/package.json' with { type: 'json' };
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentKey } from '../../shared/kernel/env.ts';
import { LIVE_ALIAS, type Manifest, type ResourceName } from '../../shared/kernel/manifest.ts';
import { NAMESPACE_VARIABLE } from '../../shared/kernel/metrics.ts';

interface PlenaryFunctionProps {
  readonly manifest: Manifest;
  /** The bundle: `index.mjs` at its root, exporting `handler`. */
  readonly code: Code;
  /** Every value that any function may read; this one is given what it requires, and no other. */
  readonly environment: Readonly<Record<EnvironmentKey, string>>;
  readonly permissions: readonly PolicyStatement[];
  readonly logs: LogSettings;
  /** Whether Lambda traces its calls; it does so by itself, and code knows nothing of it. */
  readonly isTraced: boolean;
  /** What it counts under. */
  readonly metricNamespace: string;
}

export interface LogSettings {
  readonly retention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * One function of Plenary with its own role and its own log. Everything calls it by its alias, which each deployment points to a version of
 * its own: `npm run rollback` points it to an earlier one.
 */
export class PlenaryFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: PlenaryFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', props.logs);
    // Policies inside the role exist before anything uses it; attached ones may come a moment too late.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Permissions: new PolicyDocument({
          statements: [writeTo(logGroup), ...(props.isTraced ? [sendTraces()] : []), ...props.permissions],
        }),
      },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Plenary: ${props.manifest.purpose}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.code,
      handler: 'index.handler',
      memorySize: props.manifest.memory,
      timeout: Duration.seconds(props.manifest.timeout),
      environment: {
        ...requiredBy(props.manifest, props.environment),
        [NAMESPACE_VARIABLE]: props.metricNamespace,
      },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // What a deployment leaves behind is what can be gone back to. It goes with its function.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    // `tracing` of CDK would give the role a policy beside that inside it.
    if (props.isTraced) (this.lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: Tracing.ACTIVE };
    this.live = new Alias(this, 'Live', { aliasName: LIVE_ALIAS, version: this.lambda.currentVersion });
  }
}

/**
 * Has each function say in which release it was made. So a deployment that changes one makes a version of all, and points all aliases:
 * versions with the same release ran together, and what was put back goes forward with the next deployment that changes anything.
 */
export function nameRelease(functions: readonly PlenaryFunction[]): void {
  const parts = functions.map(({ lambda }) => {
    const resource = lambda.node.defaultChild as CfnFunction;
    const { description, environment, memorySize, timeout, runtime, tracingConfig } = resource;
    const { assetHash } = lambda.node.findChild('Code') as Asset;
    return Stack.of(lambda).resolve([assetHash, description, environment, memorySize, timeout, runtime, tracingConfig]);
  });
  // Another CDK may name versions otherwise: without another description, Lambda would say that there is one already.
  const release = createHash('sha256')
    .update(JSON.stringify([cdk.version, parts]))
    .digest('hex')
    .slice(0, 8);
  for (const { lambda } of functions) {
    const resource = lambda.node.defaultChild as CfnFunction;
    resource.description = `${resource.description}, release ${release}`;
  }
}

/** IAM knows nothing narrower for it: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
const sendTraces = (): PolicyStatement =>
  new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] });

export const writeTo = (logGroup: ILogGroup): PolicyStatement =>
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });

const requiredBy = ({ environment }: Manifest, values: PlenaryFunctionProps['environment']): Record<string, string> =>
  Object.fromEntries(environment.map((key) => [ENVIRONMENT[key], values[key]]));

/** What a name of a manifest stands for in a deployment. */
export interface PolicyResource {
  readonly arns: readonly string[];
  /** IAM conditions under which access is given. */
  readonly conditions?: Readonly<Record<string, unknown>>;
}

type Resources = Readonly<Record<ResourceName, PolicyResource>>;

/** The statements of one function's role; none for what a deployment has not got. */
export function permissionsOf({ access }: Manifest, resources: Resources): PolicyStatement[] {
  return Object.entries(access).flatMap(([resource, actions]) => {
    const { arns, conditions } = resources[resource as ResourceName];
    if (arns.length === 0) return [];
    return [new PolicyStatement({ actions: [...actions], resources: [...arns], ...(conditions && { conditions }) })];
  });
}
