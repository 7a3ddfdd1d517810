import { readFileSync } from 'node:fs';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type LogSettings, writeTo } from './plenary-function.ts';

export interface OriginKeysProps {
  /** HMAC_256: what all secrets come from. */
  readonly secretsKey: IKey;
  readonly generations: readonly number[];
  readonly logs: LogSettings;
}

const CODE = readFileSync(new URL('origin-keys.cjs', import.meta.url), 'utf8');

/** A few calls of KMS and one of CloudFormation. */
const TIMEOUT = Duration.seconds(30);
/** An hour otherwise, where the function cannot answer. */
const LONGEST_WAIT = Duration.minutes(5);

/**
 * What CloudFront shows to functions, by generation: MACs that KMS makes when a stack is deployed.
 *
 * Each stack that needs some has them made, since they are the same whenever and wherever they are: no stack hands them to another, so none
 * has to keep what another still uses, and no export shows them, as it would whatever `NoEcho` says. A secret of Secrets Manager would be
 * another value in each, cost 0.40 USD a month and want to be rotated by code of its own; a random value in a template or a parameter would
 * be read by anyone who may read stacks.
 */
export class OriginKeys extends Construct {
  private readonly keys: CustomResource;

  constructor(scope: Construct, id: string, { secretsKey, generations, logs }: OriginKeysProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', logs);
    const make = new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [secretsKey.keyArn] });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Permissions: new PolicyDocument({ statements: [writeTo(logGroup), make] }) },
    });
    const { functionArn } = new LambdaFunction(this, 'Function', {
      description: 'Plenary: what CloudFront shows to functions, at deployment',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromInline(CODE),
      handler: 'index.handler',
      memorySize: 256,
      timeout: TIMEOUT,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
    this.keys = new CustomResource(this, 'Keys', {
      serviceToken: functionArn,
      serviceTimeout: LONGEST_WAIT,
      resourceType: 'Custom::OriginKeys',
      properties: { KeyId: secretsKey.keyArn, Generations: generations.map(String) },
    });
  }

  /** Base64url, 32 bytes; never to be put into an output. */
  of(generation: number): string {
    return this.keys.getAttString(`Generation${generation}`);
  }
}

/** Which generations functions take while `current` is sent: with the ones before and after it, one deployment raises it. */
export const generationsTaken = (current: number): number[] =>
  [current - 1, current, current + 1].filter((generation) => generation > 0);
