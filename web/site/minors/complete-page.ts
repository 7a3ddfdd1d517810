import { offeredToMinors } from '../../../shared/event/definition/offered-to.ts';
import { askedAtFirst } from '../../../shared/event/questions.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/fields.ts';
import { formPage } from '../kernel/form/form-page.ts';
import { type EventPage, formScript } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { aboutYoung, youngLabels } from '../registration/register/about.ts';
import { isAskedByCategory, questions } from '../registration/register/questions.ts';
import { attendanceFields, category, consents, sessions } from '../registration/register/taking-part.ts';

/** At `/m/{token}/complete`. */
export interface CompletePage extends EventPage {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What is still to be asked of someone under 18 once their guardian has agreed. */
export function completePage({ event: all, language, t, path, values, problems }: CompletePage): string {
  const event = offeredToMinors(askedAtFirst(all));
  const form: FormState = { t, values, problems };
  const title = t('complete.title');
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels: youngLabels(event, t),
    body: html`<p class="lead">${t('complete.intro')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate data-script="${formScript(language)}">
<h2>${t('register.section.you')}</h2>
${aboutYoung(form, event, language)}<h2>${t('complete.section.group')}</h2>
${category(form, event)}${questions(form, event, byCategory, language)}<h2>${t('register.section.attendance')}</h2>
${attendanceFields(form, event, language)}${sessions(form, event, language)}${
  others.length > 0 &&
  html`<h2>${t('register.section.more')}</h2>
${questions(form, event, others, language)}`
}<h2>${t('register.section.consents')}</h2>
<p>${t('complete.photo')}</p>
${consents(form, event)}<p>${t('register.after')}</p>
<button type="submit" data-sending="${t('register.sending')}">${t('complete.send')}</button>
</form>`,
  });
}
