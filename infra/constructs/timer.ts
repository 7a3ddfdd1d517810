import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnEventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface TimerProps {
  readonly target: IFunction;
  readonly every: Duration;
  /** What the function is told, where it does several things. */
  readonly input?: object;
  /** Where calls go that EventBridge could not make. */
  readonly failures: IQueue;
}

/**
 * A call that waited longer for its turn, since the account runs as many functions as it may, is not made: several that waited would all do
 * the same.
 */
const OLDEST = Duration.minutes(5);

/**
 * Calls a function again and again. A call that fails is not repeated, and no letter tells of it: the next one does its work, and the
 * function's log and errors say what failed.
 */
export class Timer extends Construct {
  constructor(scope: Construct, id: string, { target, every, input, failures }: TimerProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      schedule: Schedule.rate(every),
      targets: [
        new LambdaFunction(target, {
          retryAttempts: 0,
          deadLetterQueue: failures,
          ...(input && { event: RuleTargetInput.fromObject(input) }),
        }),
      ],
    });
    callOnce(target);
  }
}

/**
 * What the rule says of retries is about handing the call over; Lambda would then make one that fails twice more. There is one such
 * setting for a function, however many timers call it.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function callOnce(target: IFunction): void {
  const id = 'CalledOnce';
  if (target.node.tryFindChild(id)) return;
  new CfnEventInvokeConfig(target, id, {
    functionName: target.functionName,
    qualifier: '$LATEST',
    maximumRetryAttempts: 0,
    maximumEventAgeInSeconds: OLDEST.toSeconds(),
  });
}
