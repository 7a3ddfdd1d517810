import type { Proof } from './registration.schema.ts';
import type { ProofKind } from './registration.ts';

/** The part of a registration that it depends on. */
interface Provable {
  readonly proven?: Proof | undefined;
  readonly unproven?: true | undefined;
  /** ISO 8601. */
  readonly changedAt: string;
}

/** A registration with the next change of it, which proves it; what proved it before stays. */
export const provenBy = <Of extends Provable>(after: Of, how: ProofKind): Of =>
  after.unproven === undefined ? after : { ...after, unproven: undefined, proven: { how, at: after.changedAt } };

/** The same where another person comes, or the address is another: what proved it before says nothing of that. */
export const provenAnew = <Of extends Provable>(after: Of, how: ProofKind): Of => ({
  ...after,
  unproven: undefined,
  proven: { how, at: after.changedAt },
});
