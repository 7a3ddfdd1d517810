import type { Registration } from './registration.schema.ts';
import type { ProofKind } from './registration.ts';

/** The part of a registration that it depends on. */
type Provable = Pick<Registration, 'changedAt' | 'delegation' | 'onBehalf' | 'proven' | 'submittedAt' | 'unproven'>;

/**
 * Whether nothing but a coordinator's word shows whose it is, who named an address that is not theirs: neither its mailbox, nor an organiser
 * since.
 */
export const isCoordinatorsWord = ({ delegation, proven, submittedAt }: Omit<Provable, 'changedAt'>): boolean =>
  delegation !== undefined && !delegation.throughCoordinator && proven?.how === 'vouched' && proven.at === submittedAt;

/** Whether nothing shows it but the word of the member who registered them by telephone: that the address is as they meant it, their mail shows. */
const isHeard = ({ onBehalf, proven, submittedAt }: Omit<Provable, 'changedAt'>): boolean =>
  onBehalf !== undefined && proven?.how === 'vouched' && proven.at === submittedAt;

/** A registration with the next change of it, which proves it; what proved it before stays, but for another's word once mail does. */
export const provenBy = <Of extends Provable>(after: Of, how: ProofKind): Of =>
  after.unproven || (how === 'mail' && (isCoordinatorsWord(after) || isHeard(after))) ? provenAnew(after, how) : after;

/** Whether a press in a mail showed that the address is theirs: one that others vouched for may yet be a stranger's. */
export const isAddressProven = ({ proven, unproven }: Pick<Provable, 'proven' | 'unproven'>): boolean =>
  unproven === undefined && proven?.how === 'mail';

/** The same where another person comes, or the address is another: what proved it before says nothing of that. */
export const provenAnew = <Of extends Provable>(after: Of, how: ProofKind): Of => ({
  ...after,
  unproven: undefined,
  proven: { how, at: after.changedAt },
});
