import { inLanguage } from '../../../web/site/kernel/links.ts';
import { cancelPage } from '../../../web/site/registration/cancel-page.ts';
import { deleteCareNeeds } from '../../care/care.store.ts';
import { isLive, stands } from '../../event/attendee.ts';
import { isEventOver } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { readmission } from '../decide/approval.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { signedView } from '../link/show-registration.case.ts';
import type { AddressLock } from '../lock.store.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import type { Changer } from '../registration.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import { planCancellation } from './cancellation.case.ts';
import { mayUndo } from './undo.ts';

/** Where a reminder leads an attendee who cannot come: what they give up, and a button. With nothing to give up, to their page. */
export const showCancel =
  (deps: Needs<'registrations' | 'secrets' | 'system'>): Handle<typeof FROM_MAIL_ROUTES.showCancel> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    const isAsked = isLive(registration) && !isEventOver(event, deps.system.now());
    if (!isAsked) return seeOther(inLanguage(managePath, language));
    return page(cancelPage({ registration, event, language, t: siteWords(language), path, managePath }));
  };

/** @param cancel ends a registration, also one of a minor, of which more is kept than lies here */
export const cancelRegistration =
  (
    deps: Needs<'registrations' | 'secrets' | 'signer' | 'system'>,
    cancel: (held: RegistrationWithEvent) => Promise<Registration>,
  ): Handle<typeof ATTENDEE_ROUTES.cancelRegistration> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(held) }, token));
  };

/** What cancelling, and undoing it, touches in whichever function it happens. */
export type CancelDeps = Needs<'changes' | 'registrations' | 'secrets' | 'system'> & {
  readonly tables: { readonly care: string };
};

/**
 * Cancels the registration of an adult and gives back what it held. Cancelling twice succeeds twice.
 *
 * @param allow throws where it is not, or no longer, theirs to cancel who press
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way, or the event is over: who came would lose their certificate
 */
export async function cancelAdult(
  deps: CancelDeps,
  { registration, event }: RegistrationWithEvent,
  by: Changer,
  allow: (before: Registration) => void = () => {},
): Promise<Registration> {
  return changeRegistration(deps, event, registration, by, async ({ before }) => {
    const planned = planCancellation(deps, before);
    if (planned === undefined) return undefined;
    if (by !== 'system' && isEventOver(event, deps.system.now())) throw new ProblemError('not-cancellable');
    allow(before);
    return {
      ...planned,
      lock: { release: true, addressHash: await hashHolder(deps.secrets, before) },
      also: [deleteCareNeeds(deps.tables.care, before)],
    };
  });
}

/**
 * Takes up a registration that was cancelled less than a day ago, at the end of every line: its seat may be another's by now. The ticket is
 * a new one, for the old may be known as revoked. Twice is as good as once. The address is held that it has at that moment: the reader of a
 * former one may take back a change of it meanwhile.
 *
 * @param allow throws where it is not, or no longer, theirs who press
 * @param giveWay ends the other registration that the lock on the address is of, or throws what is refused
 * @throws ProblemError `not-undoable`, or `registered-anew` when its address has another registration by now
 */
export async function undoCancel(
  deps: Omit<CancelDeps, 'tables'>,
  { registration, event }: RegistrationWithEvent,
  by: Changer,
  allow: (before: Registration) => void = () => {},
  giveWay: (lock: AddressLock) => Promise<void> = refuseAnother,
): Promise<Registration> {
  const { eventId, reference } = registration;
  const request = await hashRequest(deps.secrets, eventId, `undo:${reference}:${registration.revision}`);
  return changeRegistration(deps, event, registration, by, async (situation) => {
    const { before, lock } = situation;
    allow(before);
    if (stands(before)) return undefined;
    const now = deps.system.now();
    if (!mayUndo(before, event, now)) throw new ProblemError('not-undoable');
    if (lock !== undefined) await giveWay(lock);
    const { behind, ...standing } = readmission(event, situation, deps.system.chance());
    const waits = standing.status === 'waitlisted' && { waiting: { since: now.toISOString() } };
    // A holder takes it up by mail, or a coordinator, who vouches.
    const after = provenBy(changed(before, { ...standing, ...waits, ticketId: newTicketId(deps.system) }, now), 'mail');
    return {
      after,
      behind,
      lock: { put: { reference, request }, addressHash: await hashHolder(deps.secrets, before), mayBeOurs: true },
      messages: [newMessage(deps.system, standing.status, after)],
    };
  });
}

async function refuseAnother(): Promise<never> {
  throw new ProblemError('registered-anew');
}
