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

/** Whether a press in a mail showed that the address is theirs: one that others vouched for may yet be a stranger's. */
export const isAddressProven = ({ proven, unproven }: Pick<Provable, 'proven' | 'unproven'>): boolean =>
  unproven === undefined && proven?.how === 'mail';

/** The same where another person comes, or the address is another: what proved it before says nothing of that. */
export const provenAnew = <Of extends Provable>(after: Of, how: ProofKind): Of => ({
  ...after,
  unproven: undefined,
  proven: { how, at: after.changedAt },
});
