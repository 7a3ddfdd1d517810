import { type Html, html } from '../../../../shared/kernel/html.ts';
import { countryName, languageName } from '../../../../shared/kernel/i18n/formats.ts';
import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import { instantLine } from '../../kernel/text.ts';
import { answerText } from '../register/questions.ts';
import type { ManageContext } from './press.ts';

/** Everything that was sent, with its labels. */
export function details({ event, registration, language, t }: ManageContext): Html {
  const titleOf = (all: readonly { id: string; title: string }[], id: string): string =>
    all.find((each) => each.id === id)?.title ?? id;
  const days = registration.days.map((id) => titleOf(event.days, id));
  const answered = event.questions.flatMap((question) => {
    const answer = Object.hasOwn(registration.answers, question.id) ? registration.answers[question.id] : undefined;
    return answer === undefined ? [] : [row(question.title, answerText({ question, answer, language, t }))];
  });
  const agreed = event.consents.map(({ id, title }) =>
    row(title, t(Object.hasOwn(registration.consents, id) ? 'register.yes' : 'register.no')),
  );
  const reference = html`<span class="code">${displayReference(registration.reference)}</span>`;
  const isMinor = registration.ageBand === 'minor';
  return html`<h2>${t('manage.details')}</h2>
<dl class="facts">
${[
  row(t('manage.reference'), html`${reference}<p class="hint">${t('manage.reference.hint')}</p>`),
  row(t('register.email.label'), registration.email),
  registration.honorific && row(t('register.honorific.label'), registration.honorific),
  row(t('register.fullName.label'), registration.fullName),
  row(t('register.badgeName.label'), registration.badgeName),
  registration.nativeName && row(t('register.nativeName.label'), registration.nativeName),
  registration.position !== '' && row(t('register.position.label'), registration.position),
  row(t(isMinor ? 'complete.organisation.label' : 'register.organisation.label'), registration.organisation),
  row(t('register.country.label'), countryName(registration.country, language)),
  row(t('register.category.label'), titleOf(event.categories, registration.category)),
  row(t('register.mode.label'), titleOf(event.modes, registration.mode)),
  row(
    t('register.days.label'),
    days.map((title) => html`<p>${title}</p>`),
  ),
  row(t('manage.language'), languageName(registration.language)),
  row(t('manage.submitted'), instantLine(registration.submittedAt, event.timeZone, language, t)),
]}</dl>
${answered.length > 0 && html`<h2>${t('manage.answers')}</h2><dl class="facts">${answered}</dl>`}
${agreed.length > 0 && html`<h2>${t('manage.agreed')}</h2><dl class="facts">${agreed}</dl>`}
`;
}

const row = (label: string, value: string | Html | readonly Html[]): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
