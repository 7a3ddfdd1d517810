import { type ManagePage, managePage } from '../../../web/site/registration/manage-page.ts';
import { type Afterwards, afterwardsOf } from '../../announcements/timed/afterwards.ts';
import { isLive } from '../../event/attendee.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { readFormSettings } from '../../feedback/form/form-settings.store.ts';
import type { ProblemType } from '../../kernel/http/problem.schema.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { qrSvg } from '../../ticket/qr.store.ts';
import { mayUndo, undoEnd } from '../cancel/undo.ts';
import { keptByBrowser } from '../kept-by-browser.case.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { signedView } from './signed-view.case.ts';

type Deps = Needs<'client' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** Why a cancellation is not undone. */
const UNDO_REFUSED: readonly ProblemType[] = ['not-undoable', 'registered-anew'];

/** The holder's own page, as the registration stands. */
export async function ownPage(
  deps: Deps,
  held: RegistrationWithEvent,
  token: string,
  told: Pick<ManagePage, 'path' | 'done' | 'refused'>,
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
  // Also before anything is open: a code in the room may lead to a form later. Not for whoever did not come, where that is known.
  const isExpected = isLive(held.registration) && !isCalledOff(event);
  const feedback =
    isExpected || afterwards.feedback ? await keptByBrowser(held.registration, event, deps.secrets) : undefined;
  return managePage({ event, registration, qr, language, t, undoUntil, afterwards, feedback, ...told });
}

/** What organisers set of the forms is read only where there are any. */
async function afterwardsNow(
  { client, tables, system }: Deps,
  { event, registration }: RegistrationWithEvent,
): Promise<Afterwards> {
  const kept = event.feedback && (await readFormSettings(client, tables.registry, event.id));
  return afterwardsOf(event, kept?.settings ?? {}, registration, system.now());
}
