import { existsSync, readFileSync } from 'node:fs';
import { OPERATOR_FILE } from '../../local/aws.ts';

/** What is redriven. */
export interface Target {
  /** The `Outbox` table. */
  readonly table: string;
  /** The `Registry` table, which says until when an event's notes are kept. */
  readonly registry: string;
  /** The `Audit` table. */
  readonly audit: string;
  /** Address of the queue of dead letters. */
  readonly queue: string;
  /** The function that notes what SES tells. */
  readonly mailEvents: string;
  /** Where AWS's services are, if not at AWS; everything else is in the environment. */
  readonly local?: { readonly dynamodb: string; readonly operator: string };
}

/** What `npm start` runs, as it says itself; nothing where it was never started. */
export function localTarget(): Target | undefined {
  return existsSync(OPERATOR_FILE) ? JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')) : undefined;
}
