import type { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
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

/** Calls a function again and again. A call that fails is not repeated: the next one does its work. */
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
  }
}
