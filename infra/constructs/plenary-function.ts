import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentKey, FUNCTION_ENVIRONMENT, type FunctionName } from '../../shared/env.ts';

export interface PlenaryFunctionProps {
  readonly name: FunctionName;
  readonly description: string;
  /** The bundle: `index.mjs` at its root, exporting `handler`. */
  readonly code: Code;
  /** Every value that any function may read; this one is given what it requires, and no other. */
  readonly environment: Readonly<Record<EnvironmentKey, string>>;
  readonly permissions: readonly PolicyStatement[];
  readonly timeout?: Duration;
  /** In MB; processor time comes with it. */
  readonly memory?: number;
  readonly logs: LogSettings;
}

export interface LogSettings {
  readonly retention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** A CPU share that brings a cold start well under a second; half of it nearly doubles that time. */
const MEMORY_MB = 512;

/** Longer than any use case takes, shorter than people wait. */
const TIMEOUT = Duration.seconds(10);

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
        Permissions: new PolicyDocument({ statements: [writeTo(logGroup), ...props.permissions] }),
      },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.code,
      handler: 'index.handler',
      memorySize: props.memory ?? MEMORY_MB,
      timeout: props.timeout ?? TIMEOUT,
      environment: requiredBy(props.name, props.environment),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
  }
}

export const writeTo = (logGroup: LogGroup): PolicyStatement =>
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });

const requiredBy = (name: FunctionName, values: PlenaryFunctionProps['environment']): Record<string, string> =>
  Object.fromEntries(FUNCTION_ENVIRONMENT[name].map((key) => [ENVIRONMENT[key], values[key]]));
