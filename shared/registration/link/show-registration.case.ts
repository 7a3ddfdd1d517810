import { farewellPage, linkReplacedPage } from '../../../web/site/registration/ended-pages.ts';
import { letterPage } from '../../../web/site/registration/letter-page.ts';
import { type ManagePage, managePage } from '../../../web/site/registration/manage-page.ts';
import { type Afterwards, afterwardsOf } from '../../announcements/timed/afterwards.ts';
import { isLive } from '../../event/attendee.ts';
import { asHeld, isCalledOff } from '../../event/event-standing.ts';
import { isEventOver, registrationWindow } from '../../event/event-times.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { readFormSettings } from '../../feedback/form/form-settings.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS, type ProblemType } from '../../kernel/http/problem.schema.ts';
import { json, page } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isForgotten } from '../../minors/young.ts';
import { qrSvg } from '../../ticket/qr.store.ts';
import { agreedWords } from '../agreed-words.case.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { mayUndo, undoEnd } from '../cancel/undo.ts';
import { bearerToken, everHolderOf, holderOf } from '../holder-of.case.ts';
import { keptByBrowser } from '../kept-by-browser.case.ts';
import { mayChangeAddress } from '../mailed-change.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import type { RegistrationView } from '../self-service.schema.ts';
import { holderView } from './registration-view.case.ts';

type ShowRegistrationDeps = Needs<'client' | 'registrations' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** The holder's own page. */
export const showRegistration = (deps: ShowRegistrationDeps): Guarded<typeof ATTENDEE_ROUTES.showRegistration> =>
  guarded(
    (sender) => everHolderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, query: { done, asks }, path }, { held, isCurrent }) => {
      if (isForgotten(held.registration)) return page(stoppedPage(held, path));
      if (isCurrent) return page(await ownPage(deps, held, token, { path, done, asks }));
      const { event, language } = held;
      const t = siteWords(language);
      return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
    },
  );

export const getRegistration =
  (deps: ShowRegistrationDeps): Handle<typeof ATTENDEE_ROUTES.getRegistration> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    const agreed = await agreedWords(deps, held.event, held.registration);
    return json(200, { ...(await signedView(deps, held, token)), agreed });
  };

type OwnPageDeps = Needs<'client' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** Why a cancellation is not undone. */
const UNDO_REFUSED: readonly ProblemType[] = ['not-undoable', 'registered-anew'];

/** The holder's own page, as the registration stands. */
export async function ownPage(
  deps: OwnPageDeps,
  held: RegistrationWithEvent,
  token: string,
  told: Pick<ManagePage, 'path' | 'done' | 'asks' | 'refused' | 'answering'>,
): Promise<string> {
  const { event, language } = held;
  const t = siteWords(language);
  const registration = await signedView(deps, held, token);
  // What was just refused is not offered once more.
  const isRefused = told.refused !== undefined && UNDO_REFUSED.includes(told.refused);
  const mayTry = !isRefused && mayUndo(held.registration, event, deps.system.now());
  const undoUntil = mayTry ? undoEnd(held.registration, event).toISOString() : undefined;
  const qr = registration.ticket && qrSvg(registration.ticket.code, t('manage.ticket.qr'));
  const afterwards = await afterwardsNow(deps, held);
  // Also before anything is open: a code in the room may lead to a form later. Not for attendees who did not come, where that is known.
  const isExpected = isLive(held.registration) && !isCalledOff(event);
  const feedback =
    isExpected || afterwards.feedback ? await keptByBrowser(held.registration, event, deps.secrets) : undefined;
  const agreedConsents = await agreedWords(deps, event, held.registration);
  const now = deps.system.now();
  const changesAddress = mayChangeAddress(held.registration, event, now);
  return managePage({
    ...{ event, registration, qr, language, t, undoUntil, changesAddress, afterwards, feedback, agreedConsents },
    ...{ hasEnded: isEventOver(event, now), hasClosed: registrationWindow(event, now) === 'closed' },
    ...told,
  });
}

/** What organisers set of the forms is read only where there are any. */
async function afterwardsNow(
  { client, tables, system }: OwnPageDeps,
  { event, registration }: RegistrationWithEvent,
): Promise<Afterwards> {
  const kept = event.feedback && (await readFormSettings(client, tables.registry, event.id));
  return afterwardsOf(event, kept?.settings ?? {}, registration, system.now());
}

/** For a minor of whom nothing is left. */
export const stoppedPage = ({ event, language }: LocalisedEvent, path: string): string =>
  farewellPage({ event, language, t: siteWords(language), path, what: 'stopped' });

/** A ticket exists only while the registration is confirmed, and there is something to come to; it is signed when it is shown. */
export async function signedView(
  deps: Needs<'signer'>,
  { registration, event, language }: RegistrationWithEvent,
  token: string,
): Promise<RegistrationView> {
  const hasTicket = registration.status === 'confirmed' && !isCalledOff(event);
  const ticket = hasTicket ? await deps.signer.sign(event, registration) : undefined;
  return holderView(registration, event, token, ticket, language);
}

/** Written anew whenever it is looked at, as the registration stands; nothing of it is kept. */
export const showLetter =
  (deps: Needs<'registrations' | 'secrets' | 'system'>): Handle<typeof ATTENDEE_ROUTES.showLetter> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration: held, event, language } = await holderOf(deps, token, wanted);
    const registration = asHeld(event, held);
    if (registration.status !== 'confirmed' || isCalledOff(event)) throw new ProblemError('no-letter');
    const t = siteWords(language);
    return page(letterPage({ registration, event, language, t, path, now: deps.system.now() }));
  };
