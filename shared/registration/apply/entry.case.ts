import type { EventDefinition } from '../../event/event.ts';
import type { CareAnswers } from '../../event/questions.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Pass } from '../../kernel/keys/pass.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Application, DelegationPlace } from '../registration.schema.ts';
import type { ProofKind } from '../registration.ts';

/** What entering a person touches, in whichever function it happens. */
export type EntryDeps = Needs<'changes' | 'secrets' | 'submissions' | 'system'> & {
  /** Physical names: what a person needs is kept in `Care`. */
  readonly tables: { readonly care: string };
};

/** A submission that was found good: what is to be entered, for whom, and how to know it again. */
export interface Entry {
  readonly event: EventDefinition<string>;
  readonly application: Application;
  readonly care: CareAnswers;
  /** Whether an invitation code was sent. */
  readonly invitationCode: boolean;
  /** What lets it through, where the event is under attack. */
  readonly pass: Pass | undefined;
  readonly addressHash: string;
  /** HMAC of the request's idempotency key, else of all that was sent. */
  readonly requestHash: string;
  /** What shows whose it is, where something does by now; of a place in a delegation the coordinator vouches. */
  readonly proven?: ProofKind | undefined;
  /** The place in a delegation that it is for. */
  readonly place?: DelegationPlace | undefined;
  /**
   * What is written with it and may be refused, given the reference of what was registered; with none where the
   * address held a registration before.
   */
  readonly along?: (reference: string | undefined) => readonly TransactItem[];
}
