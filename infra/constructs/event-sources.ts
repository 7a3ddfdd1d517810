import { Duration, Fn } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  type Alias,
  CfnEventInvokeConfig,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import type { OutboxStream } from '../../shared/kernel/manifest.ts';
import { mailEventPattern } from '../../shared/mail/fate/mail-event.schema.ts';

/** Items without the attribute do not wake the target, nor do those that are to wait. */
interface OutboxSourceProps extends OutboxStream {
  readonly target: Alias;
  readonly streamArn: string;
  /** Calls at once for each shard of the stream: what is about one item comes in order all the same. */
  readonly calls: number;
  /** Where records go that failed to the last. They name a place in the stream and hold no personal data. */
  readonly failures: IQueue;
}

/**
 * Counted, not timed: a limit of age would also discard what merely waited behind a failing record. Lambda pauses longer
 * each time, so these outlast a short outage of DynamoDB or KMS.
 */
const RETRIES = 30;

/** Wakes a function for every new item of the outbox that concerns it. */
export class OutboxSource extends Construct {
  constructor(scope: Construct, id: string, props: OutboxSourceProps) {
    const { target, attribute, together, soon = [], streamArn, calls, failures } = props;
    super(scope, id);
    new EventSourceMapping(this, 'Mapping', {
      target,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        newWith({
          [attribute]: { S: FilterRule.exists() },
          [TABLES.outbox.indexes.due.partitionKey]: { S: FilterRule.notExists() },
        }),
        ...(soon.length === 0 ? [] : [newWith({ [attribute]: { S: FilterRule.or(...soon) } })]),
      ],
      batchSize: together,
      parallelizationFactor: calls,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
  }
}

/** An item that was written anew. One that fits any pattern of a mapping is handed over. */
const newWith = (NewImage: object) =>
  FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage } });

interface WakeUpSourceProps {
  readonly target: Alias;
  readonly wakeUps: IQueue;
}

/**
 * Calls a function with ids of jobs at their time: each by itself, since a job may take half of the time that the function has, and not more
 * than two at once (the least that AWS takes), for they are not to take the turns of people where an account runs ten functions.
 */
export class WakeUpSource extends Construct {
  constructor(scope: Construct, id: string, { target, wakeUps }: WakeUpSourceProps) {
    super(scope, id);
    new EventSourceMapping(this, 'Mapping', {
      target,
      eventSourceArn: wakeUps.queueArn,
      batchSize: 1,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
  }
}

interface MailEventSourceProps {
  readonly target: Alias;
  readonly configurationSetName: string;
  /** Where events go that could not be handed over, or on which the function failed to the last. */
  readonly failures: IQueue;
}

/** Calls that follow a failed one, a minute and then two later: as many as Lambda makes. */
const EVENT_RETRIES = 2;

/** Long enough for an outage, short enough that what is told is still true. */
const OLDEST_EVENT = Duration.hours(6);

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
      ...invocationsOf(target),
      maximumRetryAttempts: EVENT_RETRIES,
      maximumEventAgeInSeconds: OLDEST_EVENT.toSeconds(),
      destinationConfig: { onFailure: { destination: failures.queueArn } },
    });
  }
}

interface TimerProps {
  readonly target: Alias;
  readonly every: Duration;
  /** What the function is told, where it does several things. */
  readonly input?: object;
  /** Where calls go that EventBridge could not make. */
  readonly failures: IQueue;
  /** Where it is told of calls that failed, to whoever listens; absent of a function that may tell nobody. */
  readonly busArn?: string;
}

/**
 * A call that waited longer for its turn, since the account runs as many functions as it may, is not made: several that waited would all do
 * the same.
 */
const OLDEST = Duration.minutes(5);

/**
 * Calls a function again and again. A call that fails is not repeated, and no letter tells of it: the next one does its work. The function's
 * log and errors say what failed, and an event on the account's bus, for whatever else is to be called.
 */
export class TimerSource extends Construct {
  constructor(scope: Construct, id: string, { target, every, input, failures, busArn }: TimerProps) {
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
    callOnce(target, busArn);
  }
}

/**
 * What the rule says of retries is about handing the call over; Lambda would then make one that fails twice more. There is one such
 * setting for a function, however many timers call it.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function callOnce(target: Alias, busArn: string | undefined): void {
  const id = 'CalledOnce';
  if (target.node.tryFindChild(id)) return;
  new CfnEventInvokeConfig(target, id, {
    ...invocationsOf(target),
    maximumRetryAttempts: 0,
    maximumEventAgeInSeconds: OLDEST.toSeconds(),
    ...(busArn !== undefined && { destinationConfig: { onFailure: { destination: busArn } } }),
  });
}

/** An alias has settings of its own for calls that nobody waits for; it is there before they are. */
const invocationsOf = ({ lambda, functionArn }: Alias) => ({
  functionName: lambda.functionName,
  qualifier: Fn.select(7, Fn.split(':', functionArn)),
});
