import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { logError } from '../../shared/kernel/log.ts';
import { watchForAttack } from '../../shared/mail/limits/watch-for-attack.case.ts';
import { deliverPaced } from '../../shared/mail/outbox/deliver-paced.case.ts';
import { sweep } from '../../shared/mail/outbox/sweep.case.ts';
import { type Deps, realDeps } from './deps.ts';

let deps: Deps | undefined;

/**
 * Sends what the outbox stream reports as new, and every minute what waited until then, at the account's rate. A new message that could not
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
  records: readonly DynamoDBRecord[],
): Promise<DynamoDBBatchResponse['batchItemFailures']> {
  await watchForAttack(deps, records);
  const { failed = new Map(), left } = await deliverPaced(deps, records.map(idOf), 'now');
  for (const [outboxId, error] of failed) logError('message neither sent nor put off', error, { outboxId });
  if (left) await Promise.all(left.ids.map((id) => deps.outbox.postpone(id, left.notBefore)));
  return records
    .filter((record) => failed.has(idOf(record)))
    .map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' }));
}

const idOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.['id']?.S ?? '';
