import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { ChangeStore } from '../change.store.ts';
import type { SubmissionStore } from './submission.store.ts';

/** What entering someone touches, in whichever function it happens. */
export interface EntryDeps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly submissions: SubmissionStore;
  readonly changes: ChangeStore;
  /** Physical names: what someone needs is kept in `Care`. */
  readonly tables: { readonly care: string };
}
