import { askedAtFirst } from '../../shared/domain/care-needs.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { type Html, html } from '../../shared/html.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import { errorSummary } from './form/error-summary.ts';
import type { FieldProblem, FormState, FormValues } from './form/form-state.ts';
import { textInput } from './form/text-input.ts';
import { page } from './layout.ts';
import { inLanguage } from './links.ts';
import { attendance } from './register/attendance.ts';
import { category } from './register/category.ts';
import { consents } from './register/consents.ts';
import { country } from './register/country.ts';
import { fieldLabels } from './register/field-labels.ts';
import { isAskedByCategory } from './register/question-order.ts';
import { questions } from './register/questions.ts';
import { sessions } from './register/sessions.ts';

export interface CompletePage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/m/{token}/complete`: where the form is shown and sent to. */
  readonly path: string;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What is still to be asked of someone under 18 once their guardian has agreed. */
export function completePage({ event: all, language, t, path, values, problems }: CompletePage): string {
  const event = askedAtFirst(all);
  const form: FormState = { t, values, problems };
  const title = t('complete.title');
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: problems.length > 0 ? t('register.error-title', { title }) : title,
    event,
    body: html`${errorSummary(form, labels(event, t))}<h1>${title}</h1>
<p class="lead">${t('complete.intro')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
<h2>${t('register.section.you')}</h2>
${aboutThem(form)}${country(form, event, language)}<h2>${t('register.section.group')}</h2>
${category(form, event)}${questions(form, event, byCategory, language)}<h2>${t('register.section.attendance')}</h2>
${attendance(form, event, language)}${sessions(form, event, language)}${
  others.length > 0 &&
  html`<h2>${t('register.section.more')}</h2>
${questions(form, event, others, language)}`
}<h2>${t('register.section.consents')}</h2>
<p>${t('complete.photo')}</p>
${consents(form, event)}<p>${t('register.after')}</p>
<button type="submit">${t('complete.send')}</button>
</form>`,
  });
}

const aboutThem = (form: FormState): Html => {
  const { t } = form;
  return html`${textInput(form, {
    path: 'fullName',
    label: t('register.fullName.label'),
    hint: t('complete.fullName.hint'),
    autocomplete: 'name',
  })}${textInput(form, {
    path: 'badgeName',
    label: t('register.badgeName.label'),
    hint: t('complete.badgeName.hint'),
    optional: true,
  })}${textInput(form, {
    path: 'organisation',
    label: t('complete.organisation.label'),
    hint: t('complete.organisation.hint'),
  })}`;
};

const labels = (event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([...fieldLabels(event, t), ['organisation', t('complete.organisation.label')]]);
