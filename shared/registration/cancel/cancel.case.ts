import { inLanguage } from '../../../web/site/kernel/links.ts';
import { cancelPage } from '../../../web/site/registration/cancel-page.ts';
import { deleteCareNeeds } from '../../care/care.store.ts';
import type { RegistrationStatus } from '../../event/attendee.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { signedView } from '../link/show-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';

/** Where a reminder leads an attendee who cannot come: what they give up, and a button. With nothing to give up, to their page. */
export const showCancel =
  (deps: Needs<'registrations' | 'secrets' | 'system'>): Handle<typeof FROM_MAIL_ROUTES.showCancel> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    if (!CANCELLABLE.includes(registration.status)) return seeOther(inLanguage(managePath, language));
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

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/**
 * Cancels the registration of an adult and gives back what it held. Cancelling twice succeeds twice.
 *
 * @param allow throws where it is not, or no longer, theirs to cancel who press
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export async function cancelAdult(
  deps: CancelDeps,
  { registration, event }: RegistrationWithEvent,
  allow: (before: Registration) => void = () => {},
): Promise<Registration> {
  return changeRegistration(deps, event, registration, async ({ before }) => {
    if (before.status === 'cancelled') return undefined;
    if (!CANCELLABLE.includes(before.status)) throw new ProblemError('not-cancellable');
    allow(before);
    return {
      after: changed(before, { ...ENDED, status: 'cancelled' }, deps.system.now()),
      lock: { release: true, addressHash: await hashHolder(deps.secrets, before) },
      messages: [newMessage(deps.system, 'cancelled', before)],
      also: [deleteCareNeeds(deps.tables.care, before)],
    };
  });
}

const ENDED = { seats: [], waiting: undefined } as const;
