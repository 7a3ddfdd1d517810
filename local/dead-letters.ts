import { appendFile } from 'node:fs/promises';
import type { StreamFailure } from './streams/deliver.ts';

/** The queue that failed records go to: one JSON object a line. They stay in the stream and the table. */
export function deadLetters(file: string, log: (line: string) => void) {
  return async (failure: StreamFailure): Promise<void> => {
    log(`Gave up on ${failure.sequenceNumbers.length} record(s): ${failure.reason}. Noted in ${file}`);
    await appendFile(file, `${JSON.stringify({ at: new Date().toISOString(), ...failure })}\n`);
  };
}
