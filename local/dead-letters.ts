import { randomUUID } from 'node:crypto';
import type { LetterQueue } from './dead-letters/queue.ts';
import type { StreamFailure } from './streams/deliver.ts';

/** What the bus could not hand over. */
interface EventFailure {
  readonly reason: string;
  readonly event: unknown;
}

/** Writes what failed to the last into the queue of dead letters, in the forms in which Lambda does. */
export function deadLetters(queue: Pick<LetterQueue, 'add'>, log: (line: string) => void) {
  return async (failure: StreamFailure | EventFailure): Promise<void> => {
    const what = 'event' in failure ? 'an event' : `${failure.sequenceNumbers.length} record(s)`;
    log(`Gave up on ${what}: ${failure.reason}. Mend the cause, then: npm run redrive`);
    const letter = 'event' in failure ? aroundEvent(failure) : aboutBatch(failure);
    await queue.add(JSON.stringify({ ...common(failure.reason), ...letter }));
  };
}

const common = (reason: string) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: { requestId: randomUUID(), condition: 'RetryAttemptsExhausted' },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: reason },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const aroundEvent = ({ event }: EventFailure) => ({ requestPayload: event });

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
const aboutBatch = ({ sequenceNumbers, arrivedAt }: StreamFailure) => ({
  DDBStreamBatchInfo: {
    startSequenceNumber: sequenceNumbers[0],
    endSequenceNumber: sequenceNumbers.at(-1),
    approximateArrivalOfLastRecord: new Date(arrivedAt * 1000).toISOString(),
    batchSize: sequenceNumbers.length,
  },
});
