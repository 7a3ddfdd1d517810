import { html } from '../../../shared/kernel/html.ts';
import type { SiteKey } from '../../../shared/kernel/i18n/words.ts';
import { expectedDays, mayNeedApproval } from '../../../shared/registration/decide/approval.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { eventPath, findPath, inLanguage, registerPath } from '../kernel/links.ts';

/** Ways on from a form that differ from the usual: a guardian is asked by mail, or signs on paper; the form is confirmed by mail. */
export const THANKS_VARIANTS = ['young', 'paper', 'confirm'] as const;

export interface ThanksPage extends EventPage {
  /** As typed; absent once the short-lived cookie that carried it is gone. */
  readonly email?: string | undefined;
  readonly asked?: (typeof THANKS_VARIANTS)[number] | undefined;
  /** The address that the mail comes from. */
  readonly sender: string;
}

const NEXT = {
  usual: 'thanks.nextStep',
  young: 'young.thanks.young',
  paper: 'young.thanks.paper',
  confirm: 'confirm.thanks.next',
} as const satisfies Record<string, SiteKey>;

/** Says the same for known and unknown addresses: what it says is all that a stranger could learn. */
export function thanksPage(of: ThanksPage): string {
  const { event, language, t, email, asked, sender } = of;
  return page({
    ...of,
    title: t('thanks.title'),
    body: html`<h1>${t('thanks.title')}</h1>
${
  email === undefined
    ? html`<p class="lead">${t('thanks.sent')}</p>`
    : html`<p>${t('thanks.sent-to')}</p>
<p class="typed">${email}</p>
<p>${t('thanks.wrong')}</p>`
}
<h2>${t('thanks.next.title')}</h2>
<ol>
<li>${t('thanks.sender')}<br><b>${sender}</b><br>${t('thanks.wait')}</li>
<li>${t(NEXT[asked ?? 'usual'])}</li>
${
  asked === undefined &&
  mayNeedApproval(event) &&
  html`<li>${t('thanks.approval', { days: expectedDays(event) })}</li>
`
}</ol>
<p>${t('thanks.spam')}</p>
${
  asked === 'confirm'
    ? html`<p><a href="${inLanguage(registerPath(event.id), language)}">${t('confirm.thanks.again')}</a></p>`
    : html`<p><a href="${inLanguage(findPath(event.id), language)}">${t('thanks.again')}</a></p>`
}
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
