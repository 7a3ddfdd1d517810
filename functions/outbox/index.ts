import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logError } from '../../shared/log.ts';
import { deliver } from './deliver.ts';
import { type Deps, realDeps } from './deps.ts';

let deps: Deps | undefined;

/**
 * Sends what the outbox stream reports as new. A message that could not be settled is reported by its sequence
 * number: Lambda delivers it and what follows again, and what is settled by then is passed over.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  deps ??= realDeps();
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const id = record.dynamodb?.Keys?.['id']?.S ?? '';
    const settled = await tryToDeliver(deps, id);
    if (!settled) batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
  }
  return { batchItemFailures };
}

async function tryToDeliver(deps: Deps, id: string): Promise<boolean> {
  try {
    return await deliver(deps, id);
  } catch (error) {
    logError('message not sent', error, { outboxId: id });
    return false;
  }
}
