import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { logError } from '../../shared/log.ts';
import { deliver } from './deliver.ts';
import { type Deps, realDeps } from './deps.ts';
import { sweep } from './sweep.ts';
import { watchForAttack } from './watch-for-attack.ts';

let deps: Deps | undefined;

/**
 * Sends what the outbox stream reports as new, and every minute what waited until then. A new message that could not
 * even be put off is reported by its sequence number: Lambda delivers it and what follows again, and what is
 * settled by then is passed over.
 */
export async function handler(event: DynamoDBStreamEvent | ScheduledEvent): Promise<DynamoDBBatchResponse> {
  deps ??= realDeps();
  if ('Records' in event) return { batchItemFailures: await deliverAll(deps, event.Records) };
  await sweep(deps);
  return { batchItemFailures: [] };
}

async function deliverAll(
  deps: Deps,
  records: DynamoDBStreamEvent['Records'],
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  await watchForAttack(deps, records);
  const failures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const record of records) {
    const id = record.dynamodb?.Keys?.['id']?.S ?? '';
    try {
      await deliver(deps, id);
    } catch (error) {
      logError('message neither sent nor put off', error, { outboxId: id });
      failures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
    }
  }
  return failures;
}
