import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SESClient, SESServiceException } from '@aws-sdk/client-ses';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type Fault, fallible, tooFast, WHERE } from './fallible.ts';

type Deps = ReturnType<typeof realOutbox>;

export interface Faulty {
  readonly deps: Deps;
  /** The calls made so far, such as `SendRawEmail`: attempts of the SDK to repeat one are calls, too. */
  readonly calls: readonly string[];
  /** Whether it fell: none of its calls reaches anything any more. */
  readonly isDead: () => boolean;
}

/**
 * An instance of the outbox function with real clients, some of whose calls fail.
 *
 * @param faults by the call's place in the order of calls, from 0
 */
export async function faultyInstance(faults: Readonly<Record<number, Fault>> = {}): Promise<Faulty> {
  const { calls, isDead, meet } = fallible(faults);
  const dynamodb = new DynamoDBClient();
  const kms = new KMSClient();
  const ses = new SESClient({ maxAttempts: 1 });
  dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
  kms.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
  ses.middlewareStack.addRelativeTo(meet(sesTooFast) as never, WHERE);
  const { realDeps } = await import('../../functions/outbox/index.ts');
  return { deps: realDeps(documentClient(dynamodb), kms, ses), calls, isDead };
}

const sesTooFast = (): Error =>
  new SESServiceException({
    name: 'Throttling',
    $fault: 'client',
    $metadata: {},
    message: 'Maximum sending rate exceeded.',
  });
