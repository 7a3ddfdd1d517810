import { MOST_PEOPLE } from '../../../shared/delegation/delegation.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { ProofChallenge } from '../../../shared/kernel/proof.schema.ts';
import { type FieldProblem, type FormState, type FormValues, textInput } from '../kernel/form/fields.ts';
import { formPage, proofField } from '../kernel/form/form-page.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { eventPath, inLanguage, registerPath, youngFormPath } from '../kernel/links.ts';
import { points } from '../kernel/text.ts';
import { mailLanguage } from '../registration/register/about.ts';

export interface DelegationStartPage extends EventPage {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** To be solved by the browser before the form is taken, while the event is under attack. */
  readonly challenge?: ProofChallenge | undefined;
}

/** Asks a coordinator for an address, to which the link of the delegation is mailed: nothing else is needed before that. */
export function delegationStartPage(of: DelegationStartPage): string {
  const { event, language, t, path, values, problems, challenge } = of;
  const form: FormState = { t, values, problems };
  const label = t('delegation.email.label');
  const title = t('delegation.start.title');
  return formPage({
    event,
    language,
    path,
    form,
    title,
    hasChallenge: challenge !== undefined,
    labels: new Map([
      ['email', label],
      ['language', t('manage.language')],
    ]),
    body: html`<p class="lead">${t('delegation.start.intro', { max: MOST_PEOPLE })}</p>
${points(t('delegation.start.how'), [
  t('delegation.start.how.link'),
  t('delegation.start.how.people'),
  t('delegation.start.how.tickets'),
])}<p>${
      event.minors
        ? html`${t('delegation.start.young')} <a href="${inLanguage(youngFormPath(event.id), language)}">${t('young.link')}</a>`
        : t('layout.adults-only')
    }</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${[
  proofField(t, challenge),
  textInput(form, { path: 'email', label, hint: t('delegation.email.hint'), type: 'email', autocomplete: 'email' }),
  mailLanguage(form, event),
]}<button type="submit">${t('delegation.start.submit')}</button>
</form>
<p><a href="${inLanguage(registerPath(event.id), language)}">${t('delegation.start.alone')}</a></p>`,
  });
}

/** Says the same to everyone. */
export function delegationSentPage(of: EventPage & { readonly sender: string }): string {
  const { event, language, t, path, sender } = of;
  return page({
    ...of,
    title: t('delegation.sent.title'),
    body: html`<h1>${t('delegation.sent.title')}</h1>
<p class="lead">${t('delegation.sent.text')}</p>
<p>${t('thanks.sender')}<br><b>${sender}</b></p>
<p>${t('thanks.spam')}</p>
<p><a href="${inLanguage(path, language)}">${t('find.sent.other')}</a></p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}
