import { careWrites } from '../../care/care.store.ts';
import { needsFlag } from '../../care/care-needs.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { type Beginning, newMessage, newRegistration } from '../../mail/outbox/new-items.store.ts';
import { admit, type Behind } from '../../seats/admission.ts';
import { poolsFor } from '../../seats/quota.ts';
import { needsApproval } from '../decide/approval.ts';
import { admitsWith } from '../invitation/invitation.ts';
import type { Invitation } from '../invitation/invitation-item.schema.ts';
import type { Application } from '../registration.schema.ts';
import type { Entry } from './entry.case.ts';
import type { EntryDeps } from './entry-deps.case.ts';
import { firstStatus } from './first-standing.ts';
import type { Outcome, Standing } from './submission.store.ts';

type Deps = Omit<EntryDeps, 'secrets'>;

/**
 * Enters someone under a free address: with a seat in every quota, waiting where there is none, or for a person's
 * decision where the event asks for one.
 *
 * @throws InvalidInputError for an invitation code that cannot be used: nothing is lost, the form comes back
 */
export async function register(deps: Deps, entry: Entry, standing: Standing): Promise<Outcome> {
  const { event, application, care, pass, addressHash, requestHash, place, along } = entry;
  const { behind, ...beginning } = await beginningOf(deps, entry, standing);
  const proven = entry.proven ?? (place && 'vouched');
  const made = newRegistration(deps.system, event, application, { ...beginning, proven });
  const registration = { ...made, ...(place && { delegation: place }), ...needsFlag(event, care) };
  const refused = await deps.changes.change({
    event,
    before: undefined,
    after: registration,
    behind,
    lock: { put: { reference: registration.reference, request: requestHash }, addressHash },
    invitation: beginning.invitation,
    pass,
    // A coordinator gets one mail about all of them.
    messages: place?.throughCoordinator ? [] : [newMessage(deps.system, messageFor(beginning), registration)],
    also: [
      ...careWrites(deps.system, deps.tables.care, event, registration, care),
      ...(along?.(registration.reference) ?? []),
    ],
  });
  if (refused === 'done') return 'done';
  if (refused.lock) return { lock: refused.lock };
  if (refused.pass) return 'pass-spent';
  if (refused.invitation) throw notUsable();
  if (refused.also) return 'along-refused';
  deps.submissions.remember(event, refused.counters);
  return { counters: refused.counters };
}

async function beginningOf(
  deps: Deps,
  { event, application, invitationCode }: Entry,
  { invitation, counters: known }: Standing,
): Promise<Beginning & { readonly behind: readonly Behind[] }> {
  if (invitationCode) requireUsable(invitation, application, deps.system.now());
  const used = invitationCode ? { approved: true, invitation: invitation?.codeHash } : undefined;
  const { submissions } = deps;
  const chance = deps.system.chance();
  const pools = poolsFor(event, application);
  const takesSeats = used !== undefined || !needsApproval(event, application);
  const counters = takesSeats ? await submissions.lookAround(event, pools, known) : known;
  if (used) return { ...admit(pools, [], counters, chance, submissions.own), ...used };
  return firstStatus(event, application, counters, chance, submissions.own);
}

const messageFor = ({ status }: Beginning): MailKind =>
  status === 'confirmed' || status === 'waitlisted' ? status : 'pending-approval';

/** @throws InvalidInputError for an invitation code that does not let this application in */
export function requireUsable(invitation: Invitation | undefined, application: Application, now: Date): void {
  if (!admitsWith(invitation, application, now)) throw notUsable();
}

const notUsable = (): InvalidInputError =>
  new InvalidInputError([{ path: 'invitation', code: 'invitation-not-valid' }]);
