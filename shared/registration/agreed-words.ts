import type { ConsentGiver } from '../event/consents.ts';

/** A consent that was given, in the words that were agreed to, as pages show it. */
export interface AgreedConsent {
  readonly of: ConsentGiver;
  readonly id: string;
  readonly version: string;
  /** Whether it is a yes to what the event asks now: not to words that mean more. */
  readonly counts: boolean;
  /** When it was given, ISO 8601, and the hash of the words; absent of one from before they were kept. */
  readonly at?: string;
  readonly hash?: string;
  /** Absent where they were not kept. */
  readonly words?: { readonly title: string; readonly agreement: string; readonly points: readonly string[] };
}
