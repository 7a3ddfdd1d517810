import type { AnswerValue } from '../../../../shared/event/condition.ts';
import type { Question } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { countryName, languageName } from '../../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import { instantLine } from '../../kernel/when.ts';
import type { ManageContext } from './context.ts';

/** An answer in words: the titles of chosen options, yes or no; absent where there is none. */
function answerText(
  question: Question<string>,
  answers: Readonly<Record<string, AnswerValue>>,
  t: SiteTranslate,
): string | undefined {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  if (answer === undefined) return undefined;
  if (typeof answer === 'boolean') return t(answer ? 'register.yes' : 'register.no');
  const titleOf = (id: string): string => question.options?.find((option) => option.id === id)?.title ?? id;
  return typeof answer === 'object' ? answer.map(titleOf).join(', ') : titleOf(String(answer));
}

/** Everything that was sent, with its labels. */
export function details({ event, registration, language, t }: ManageContext): Html {
  const titleOf = (all: readonly { id: string; title: string }[], id: string): string =>
    all.find((each) => each.id === id)?.title ?? id;
  const days = registration.days.map((id) => titleOf(event.days, id));
  const answered = event.questions.flatMap((question) => {
    const text = answerText(question, registration.answers, t);
    return text === undefined ? [] : [row(question.title, text)];
  });
  const agreed = event.consents.map(({ id, title }) =>
    row(title, t(Object.hasOwn(registration.consents, id) ? 'register.yes' : 'register.no')),
  );
  const isMinor = registration.ageBand === 'minor';
  return html`<h2>${t('manage.details')}</h2>
<dl class="facts">
${row(t('manage.reference'), html`<span class="code">${displayReference(registration.reference)}</span><p class="hint">${t('manage.reference.hint')}</p>`)}${row(t('register.email.label'), registration.email)}${
  registration.honorific && row(t('register.honorific.label'), registration.honorific)
}${row(t('register.fullName.label'), registration.fullName)}${row(t('register.badgeName.label'), registration.badgeName)}${
  registration.nativeName && row(t('register.nativeName.label'), registration.nativeName)
}${
  registration.position !== '' && row(t('register.position.label'), registration.position)
}${row(t(isMinor ? 'complete.organisation.label' : 'register.organisation.label'), registration.organisation)}${row(t('register.country.label'), countryName(registration.country, language))}${row(t('register.category.label'), titleOf(event.categories, registration.category))}${row(t('register.mode.label'), titleOf(event.modes, registration.mode))}${row(
  t('register.days.label'),
  html`${days.map((title) => html`<p>${title}</p>`)}`,
)}${row(t('manage.language'), languageName(registration.language))}${row(t('manage.submitted'), instantLine(registration.submittedAt, event.timeZone, language, t))}</dl>
${answered.length > 0 && html`<h2>${t('manage.answers')}</h2><dl class="facts">${answered}</dl>`}
${agreed.length > 0 && html`<h2>${t('manage.agreed')}</h2><dl class="facts">${agreed}</dl>`}
`;
}

const row = (label: string, value: string | Html): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
