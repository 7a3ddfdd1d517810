import { existsSync, readFileSync } from 'node:fs';
import { OPERATOR_FILE } from '../../local/aws.ts';
import type { Target } from './target.ts';

/** What `npm start` runs, as it says itself; nothing where it was never started. */
export function localTarget(): Target | undefined {
  return existsSync(OPERATOR_FILE) ? JSON.parse(readFileSync(OPERATOR_FILE, 'utf8')) : undefined;
}
