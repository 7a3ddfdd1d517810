import { isLive } from '../../event/attendee.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { endAsking } from '../change/address-change.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { isCoordinatorsWord, provenAnew, provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import { isLinkDue, manageToken } from './manage-link.store.ts';

/** Mails an attendee their ticket or link again, for whom a mail was lost; no more often than they could ask for it themselves. */
export const sendMailAgain =
  (
    deps: Needs<'auditTable' | 'events' | 'locks' | 'registrations' | 'secrets' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.sendMailAgain> =>
  async (request, caller) => {
    const found = await ownRegistration(deps, request, caller);
    const also = [audited(deps, found.event, caller, 'send-again', found.registration)];
    return json(200, { mailed: await mailAgain(deps, found, also) });
  };

type SendAgainDeps = Needs<'locks' | 'secrets' | 'system'>;

/**
 * Mails the ticket again, or where there is none the link, to the address of a registration: at most once in half an
 * hour, as asking for it by that address does. Nothing happens where it was mailed just now, or the registration ended.
 *
 * @param also what is written along with the mail
 * @returns whether there is one
 */
async function mailAgain(
  deps: SendAgainDeps,
  { registration, event }: RegistrationWithEvent,
  also: readonly TransactItem[] = [],
): Promise<boolean> {
  const { eventId, reference, status } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const before = await deps.locks.read(eventId, addressHash);
  const now = deps.system.now();
  if (before?.reference !== reference || !isLinkDue(before, now)) return false;
  return deps.locks.note({
    message: newMessage(deps.system, status === 'confirmed' ? 'confirmed' : 'link', registration),
    addressHash,
    before,
    after: { ...before, linkAt: now.toISOString() },
    expiresAt: retentionEnd(event),
    also,
  });
}

/** The same for a caller who is told nothing of it. */
export async function sendAgain(deps: SendAgainDeps, found: RegistrationWithEvent): Promise<void> {
  await mailAgain(deps, found);
}

/** Replaces every earlier link: for an attendee whose mail does not arrive, or who lost a print. */
export const makeFreshLink =
  (
    deps: Needs<
      | 'auditTable'
      | 'changes'
      | 'events'
      | 'readAddressChange'
      | 'registrations'
      | 'registry'
      | 'secrets'
      | 'siteUrl'
      | 'system'
      | 'write'
    >,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.makeFreshLink> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'link', registration)];
    const after = await changeRegistration(deps, event, registration, caller, async ({ before }) => {
      requireReach(caller, before);
      const linkVersion = before.linkVersion + 1;
      // The member who hands it over says whose it is.
      const next = changed(before, { linkVersion }, deps.system.now());
      const after = (isCoordinatorsWord(next) ? provenAnew : provenBy)(next, 'vouched');
      return { after, ...(await endAsking(deps, deps.registry, before)), messages: [], also };
    });
    const { reference, fullName, organisation, status, language } = after;
    return json(200, {
      link: `${deps.siteUrl}/m/${await manageToken(after, deps.secrets)}?lang=${language}`,
      reference,
      fullName,
      organisation,
      status,
      language,
      event: { id: event.id, title: event.title },
    });
  };

/**
 * Makes the link that a holder shows, and all before it, lead nowhere, and mails a new one to whom it belongs.
 *
 * @throws ProblemError `not-amendable` when the registration has ended: no mail with a link would follow
 */
export async function replaceLink(
  deps: Needs<'changes' | 'readAddressChange' | 'registrations' | 'system' | 'tables'>,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  return changeRegistration(deps, event, registration, 'holder', async ({ before }) => {
    if (before.linkVersion > registration.linkVersion) return undefined;
    if (!isLive(before)) throw new ProblemError('not-amendable');
    const after = provenBy(changed(before, { linkVersion: before.linkVersion + 1 }, deps.system.now()), 'mail');
    const ended = await endAsking(deps, deps.tables.registry, before);
    return { after, ...ended, messages: [newMessage(deps.system, 'link', after)] };
  });
}
