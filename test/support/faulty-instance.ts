import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SESClient, SESServiceException } from '@aws-sdk/client-ses';
import type { Deps } from '../../functions/outbox/deps.ts';
import { documentClient } from '../../shared/store/client.ts';

/** What may become of one call to AWS. */
export const FAULTS = ['crash before', 'crash after', 'lost reply', 'throttled'] as const;
export type Fault = (typeof FAULTS)[number];

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
  const calls: string[] = [];
  let isDead = false;
  const crash = () => {
    isDead = true;
    return new Error('the instance fell');
  };
  type Next = (args: never) => Promise<never>;
  const meet = (service: 'ses' | 'other') => (next: Next, context: { commandName?: string }) => async (args: never) => {
    if (isDead) throw crash();
    const fault = faults[calls.length];
    calls.push(String(context.commandName).replace(/Command$/, ''));
    if (fault === 'crash before') throw crash();
    if (fault === 'throttled') throw throttled(service);
    const answer = await next(args);
    if (fault === 'crash after') throw crash();
    if (fault === 'lost reply') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return answer;
  };
  // After the SDK's own middleware for repeating: it meets each try.
  const place = { relation: 'after', toMiddleware: 'retryMiddleware', name: 'meet' } as const;
  const dynamodb = new DynamoDBClient();
  const kms = new KMSClient();
  const ses = new SESClient({ maxAttempts: 1 });
  dynamodb.middlewareStack.addRelativeTo(meet('other') as never, place);
  kms.middlewareStack.addRelativeTo(meet('other') as never, place);
  ses.middlewareStack.addRelativeTo(meet('ses') as never, place);
  const { realDeps } = await import('../../functions/outbox/deps.ts');
  return { deps: realDeps(documentClient(dynamodb), kms, ses), calls, isDead: () => isDead };
}

const throttled = (service: 'ses' | 'other'): Error =>
  service === 'ses'
    ? new SESServiceException({
        name: 'Throttling',
        $fault: 'client',
        $metadata: {},
        message: 'Maximum sending rate exceeded.',
      })
    : Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $fault: 'client' });
