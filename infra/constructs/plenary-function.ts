import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentKey } from '../../shared/kernel/env.ts';
import type { Manifest, ResourceName } from '../../shared/kernel/manifest.ts';

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
}

export interface LogSettings {
  readonly retention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** One function of Plenary with its own role and its own log. */
export class PlenaryFunction extends Construct {
  readonly lambda: LambdaFunction;

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
      environment: requiredBy(props.manifest, props.environment),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
    // `tracing` of CDK would give the role a policy beside that inside it.
    if (props.isTraced) (this.lambda.node.defaultChild as CfnFunction).tracingConfig = { mode: Tracing.ACTIVE };
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
