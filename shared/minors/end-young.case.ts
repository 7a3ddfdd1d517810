import { deleteCareNeeds } from '../care/care.store.ts';
import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { BusyError, ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { FarewellKind } from '../mail/kinds.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import { cancelAdult, undoCancel } from '../registration/cancel/cancel.case.ts';
import { changeRegistration, requireSameLink } from '../registration/change/change-registration.case.ts';
import { hashAddress } from '../registration/hashes.store.ts';
import { mayUndoAddress } from '../registration/mailed-change.ts';
import { isCoordinatorsWord } from '../registration/proven.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { changed } from '../registration/registration-state.store.ts';
import { putTombstones } from '../registration/tombstone.store.ts';
import { deleteGuardian } from './consent/guardian.store.ts';
import { isForgotten, unansweredApplication } from './young.ts';

type Deps = Needs<'auditTable' | 'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

/**
 * Cancels a registration and gives back what it held; of a minor everything is deleted. Cancelling twice
 * succeeds twice.
 *
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way, or the event is over
 */
export const cancel = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  held.registration.ageBand === 'minor'
    ? endYoung(deps, held, 'consent-withdrawn')
    : cancelAdult(deps, held, 'holder', ({ linkVersion }) => {
        if (linkVersion !== held.registration.linkVersion) throw new ProblemError('link-replaced');
      });

/**
 * Ends what was registered with an address that its reader wants back, unless a press there, or an organiser who vouches, showed that it is
 * theirs: or a thief of another registration would register it anew, as a minor or in a delegation too, to keep what was taken. A signed
 * form that was recorded is a guardian's, though it counts for nothing yet. A coordinator's line stays as where the address had a
 * registration before: where its reader stands is shown once they agree.
 *
 * @throws ProblemError `registered-anew` for what was claimed, also while this looks
 */
export async function endUnclaimed(deps: Deps, held: RegistrationWithEvent): Promise<void> {
  const allow = (before: Registration): void => {
    // A coordinator says neither of these: it was said by mail, also before that counted as a proof.
    const hasSaid = before.delegation?.shown || before.careAnswered;
    const isClaimed = !before.unproven && (!isCoordinatorsWord(before) || hasSaid);
    if (isClaimed || before.minor?.consentOnPaper === 'recorded') throw new ProblemError('registered-anew');
  };
  allow(held.registration);
  if (held.registration.ageBand === 'minor') await endYoung(deps, held, 'consent-withdrawn', { allow });
  else await cancelAdult(deps, held, 'system', allow);
}

/**
 * Takes back a cancellation for the holder of its link. Where they were given it back by undoing a change of its address, the reader of the
 * other one may have cancelled it, and registered the address that became free: what nobody claimed there gives way.
 *
 * @throws ProblemError `not-undoable`; `registered-anew` where its address has another registration by now
 */
export const takeBackCancellation = (
  deps: Deps & Needs<'readAddressChange'>,
  held: RegistrationWithEvent,
): Promise<Registration> =>
  undoCancel(deps, held, 'holder', requireSameLink(held.registration), async ({ reference }) => {
    const { registration, event } = held;
    const change = await deps.readAddressChange(registration);
    if (!mayUndoAddress(change?.undone, deps.system.now())) throw new ProblemError('registered-anew');
    const other = await deps.registrations.read(event.id, reference);
    if (other !== undefined) await endUnclaimed(deps, { ...held, registration: other });
  });

export type EndDeps = Needs<'auditTable' | 'changes' | 'registrations' | 'secrets' | 'system' | 'young'> & {
  readonly tables: Readonly<Record<'care' | 'registry', string>>;
};

interface Ending {
  readonly also?: readonly TransactItem[];
  readonly allow?: (before: Registration) => void;
}

/** Each lost race means that the guardian or the minor did something else at the same time. */
const MOST_RACES = 4;

/**
 * Ends the registration of a minor, as minor or guardian wants it (CS5): seats are given back, the ticket stops working,
 * and everything about them is deleted. What was never completed leaves nothing; of a registration that had a ticket
 * its number stays, so that devices can be told. Ending twice succeeds twice.
 *
 * @param kind of the mail that tells the minor
 * @param more `also`: what else is written with it, such as an audit entry; `allow` throws where it is not, or no longer, to be ended
 * @returns what is left of the registration
 */
export async function endYoung(
  deps: EndDeps,
  { registration, event }: { readonly registration: Registration; readonly event: EventDefinition<string> },
  kind: FarewellKind,
  { also: asked = [], allow }: Ending = {},
): Promise<Registration> {
  let read = registration;
  const also = [...asked, ...(await putTombstones(deps, registration, retentionEnd(event)))];
  for (let race = 1; race <= MOST_RACES; race += 1) {
    allow?.(read);
    const now = deps.system.now();
    if (read.status !== 'pending-guardian') return forget(deps, event, read, kind, also);
    const message = newMessage(deps.system, kind, read);
    const addressHash = await hashAddress(deps.secrets, event.id, read.email);
    if (await deps.young.purge(read, message, retentionEnd(event), also, addressHash)) return forgotten(read, now);
    const current = await deps.registrations.read(event.id, read.reference);
    if (current === undefined) return forgotten(read, now);
    read = current;
  }
  throw new BusyError();
}

async function forget(
  deps: EndDeps,
  event: EventDefinition<string>,
  read: Registration,
  kind: FarewellKind,
  also: readonly TransactItem[],
): Promise<Registration> {
  if (isForgotten(read)) return read;
  const addressHash = await hashAddress(deps.secrets, event.id, read.email);
  return changeRegistration(deps, event, read, 'holder', ({ before }) => {
    if (isForgotten(before)) return undefined;
    return {
      after: forgotten(before, deps.system.now()),
      lock: { release: true, addressHash },
      messages: [newMessage(deps.system, kind, before)],
      also: [deleteGuardian(deps.tables.care, before), deleteCareNeeds(deps.tables.care, before), ...also],
    };
  });
}

const forgotten = (before: Registration, now: Date): Registration =>
  changed(
    before,
    {
      ...unansweredApplication({ name: '', email: '', language: before.language }),
      honorific: undefined,
      nativeName: undefined,
      certificate: before.certificate?.revoked && { revoked: before.certificate.revoked },
      status: 'cancelled',
      seats: [],
      waiting: undefined,
      approved: undefined,
      invitation: undefined,
      decisionNote: undefined,
      declineReason: undefined,
      mail: undefined,
      // Their guardian's link still opens the page that says so.
      minor: { guardianLinkVersion: before.minor?.guardianLinkVersion },
    },
    now,
  );
