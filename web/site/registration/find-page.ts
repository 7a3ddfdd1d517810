import { html } from '../../../shared/kernel/html.ts';
import {
  addressInput,
  type FormState,
  formPage,
  type ProvenFormPage,
  proofField,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { eventPath, inLanguage } from '../kernel/links.ts';
import { addressText } from '../kernel/text.ts';

/** Asks for the address that the link of a registration is mailed to again. */
export function findPage(of: ProvenFormPage): string {
  const { language, t, path, values, problems, challenge, inDoubt } = of;
  const form: FormState = { t, values, problems };
  const label = t('register.email.label');
  const title = t('find.title');
  return formPage(of, {
    form,
    title,
    hasChallenge: challenge !== undefined,
    question: inDoubt && whichAddresses(form, inDoubt, undefined, t('errors.unsent')),
    labels: new Map([['email', label]]),
    body: html`<p class="lead">${t('find.intro')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${proofField(t, challenge)}${addressInput(form, {
  path: 'email',
  label,
  hint: t('find.email.hint'),
  autocomplete: 'email',
})}<button type="submit">${t('find.submit')}</button>
</form>`,
  });
}

/** Says that a link was mailed: the same whether or not the address was known, or a delegation was. */
export function linkSentPage(of: EventPage & { readonly sender: string; readonly to: 'find' | 'delegation' }): string {
  const { event, language, t, path, sender, to } = of;
  const title = t('find.sent.title');
  return page({
    ...of,
    title,
    body: html`<h1>${title}</h1>
<p class="lead">${t(`${to}.sent.text`)}</p>
<p>${t('thanks.sender')}<br><b>${addressText(sender)}</b></p>
<p>${t('thanks.spam')}</p>
<p><a href="${inLanguage(path, language)}">${t('find.sent.other')}</a></p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
