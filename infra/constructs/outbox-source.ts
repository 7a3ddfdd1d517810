import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import type { OutboxStream } from '../../shared/kernel/manifest.ts';

/** Items without the attribute do not wake the target, nor do those that are to wait. */
export interface OutboxSourceProps extends OutboxStream {
  readonly target: IFunction;
  readonly streamArn: string;
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
  constructor(scope: Construct, id: string, { target, attribute, together, streamArn, failures }: OutboxSourceProps) {
    super(scope, id);
    new EventSourceMapping(this, 'Mapping', {
      target,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: {
            NewImage: {
              [attribute]: { S: FilterRule.exists() },
              [TABLES.outbox.indexes.due.partitionKey]: { S: FilterRule.notExists() },
            },
          },
        }),
      ],
      batchSize: together,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
  }
}
