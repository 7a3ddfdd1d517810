import { appendFile } from 'node:fs/promises';
import type { StreamFailure } from './streams/deliver.ts';

/** What the bus could not hand over. */
interface EventFailure {
  readonly reason: string;
  readonly event: unknown;
}

/** The queue that failed records go to: one JSON object a line. They stay in the stream and the table. */
export function deadLetters(file: string, log: (line: string) => void) {
  return async (failure: StreamFailure | EventFailure): Promise<void> => {
    const what = 'event' in failure ? 'an event' : `${failure.sequenceNumbers.length} record(s)`;
    log(`Gave up on ${what}: ${failure.reason}. Noted in ${file}`);
    await appendFile(file, `${JSON.stringify({ at: new Date().toISOString(), ...failure })}\n`);
  };
}
