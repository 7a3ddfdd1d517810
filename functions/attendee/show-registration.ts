import { PROBLEMS } from '../../shared/contract/problem.ts';
import type { RegistrationView } from '../../shared/contract/registration-view.ts';
import { mayUndo, undoEnd } from '../../shared/domain/undo.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { json, page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { qrSvg } from '../../shared/mail/qr.ts';
import { isForgotten } from '../../shared/registering/end-young.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { linkReplacedPage } from '../../web/site/link-replaced-page.ts';
import { managePage } from '../../web/site/manage-page.ts';
import type { Deps } from './deps.ts';
import { bearerToken, everHolderOf, holderOf } from './holder.ts';
import { viewOf } from './registration-view.ts';
import { stoppedPage } from './stopped-page.ts';

/** The holder's own page. */
export const showRegistration =
  (deps: Deps): Handle<'showRegistration'> =>
  async ({ params: { token }, query: { done }, language: wanted, path }) => {
    const { held, isCurrent } = await everHolderOf(deps, token, wanted);
    if (isForgotten(held.registration)) return page(stoppedPage(held, path));
    const { event, language } = held;
    const t = translator(SITE, language);
    if (!isCurrent) return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
    const registration = await signedView(deps, held, token);
    const undoUntil = mayUndo(held.registration, event, deps.system.now())
      ? undoEnd(held.registration, event).toISOString()
      : undefined;
    const qr = registration.ticket && qrSvg(registration.ticket.code, t('manage.ticket.qr'));
    return page(managePage({ event, registration, qr, language, t, path, done, undoUntil }));
  };

export const getRegistration =
  (deps: Deps): Handle<'getRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    return json(200, await signedView(deps, await holderOf(deps, token, language), token));
  };

/** A ticket exists only while the registration is confirmed; it is signed each time it is shown. */
export async function signedView(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
  token: string,
): Promise<RegistrationView> {
  const ticket = registration.status === 'confirmed' ? await deps.signer.sign(event, registration) : undefined;
  return viewOf(registration, event, token, ticket);
}
