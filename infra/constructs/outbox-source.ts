import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface OutboxSourceProps {
  readonly target: IFunction;
  readonly streamArn: string;
  /** Where records go that failed to the last. They name a place in the stream and hold no personal data. */
  readonly failures: IQueue;
}

/** Messages that one call takes on; each takes well under a second, and the function has thirty. */
const BATCH_SIZE = 10;

/**
 * Counted, not timed: a limit of age would also discard what merely waited behind a failing record. Lambda pauses longer
 * each time, so these outlast a message's lease and a short outage of SES.
 */
const RETRIES = 30;

/** Wakes the outbox function for every new message. */
export class OutboxSource extends Construct {
  constructor(scope: Construct, id: string, { target, streamArn, failures }: OutboxSourceProps) {
    super(scope, id);
    new EventSourceMapping(this, 'Mapping', {
      target,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      batchSize: BATCH_SIZE,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
  }
}
