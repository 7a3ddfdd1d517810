import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnEventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mailEventPattern } from '../../shared/mail/fate/mail-event.schema.ts';

export interface MailEventSourceProps {
  readonly target: IFunction;
  readonly configurationSetName: string;
  /** Where events go that could not be handed over, or on which the function failed to the last. */
  readonly failures: IQueue;
}

/** Calls that follow a failed one, a minute and then two later: as many as Lambda makes. */
const RETRIES = 2;

/** Long enough for an outage, short enough that what is told is still true. */
const OLDEST = Duration.hours(6);

/** Calls a function with what SES tells, on the default bus, of each mail of a configuration set. */
export class MailEventSource extends Construct {
  constructor(scope: Construct, id: string, { target, configurationSetName, failures }: MailEventSourceProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      eventPattern: mailEventPattern(configurationSetName),
      targets: [new LambdaFunction(target, { deadLetterQueue: failures })],
    });
    // The function's own permissions say that it may write to the queue: a construct of CDK would give it more.
    new CfnEventInvokeConfig(this, 'OnFailure', {
      functionName: target.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: RETRIES,
      maximumEventAgeInSeconds: OLDEST.toSeconds(),
      destinationConfig: { onFailure: { destination: failures.queueArn } },
    });
  }
}
