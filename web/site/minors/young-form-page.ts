import { offeredToMinors } from '../../../shared/event/definition/offered-to.ts';
import { askedAtFirst } from '../../../shared/event/questions.ts';
import { html } from '../../../shared/kernel/html.ts';
import { PROOF_DAYS } from '../../../shared/minors/young.ts';
import {
  addressInput,
  type FieldProblem,
  type FormState,
  type FormValues,
  formPage,
  type ProvenFormPage,
  proofField,
  textInput,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventPage, formScript } from '../kernel/layout.ts';
import { inLanguage, youngPeoplePath } from '../kernel/links.ts';
import { aboutYoung, youngLabels } from '../registration/register/about.ts';
import { isAskedByCategory, questions } from '../registration/register/questions.ts';
import { attendanceFields, category, consents, sessions } from '../registration/register/taking-part.ts';
import { guardianFields, guardianLabels, guardianMailLanguage } from './guardian-page.ts';

/** All that is asked of someone under 18, or of their guardian, before the guardian has agreed (CS1). */
export function youngFormPage(of: ProvenFormPage): string {
  const { event, language, t, path, values, problems, challenge, inDoubt, sharing } = of;
  const title = t('young.title');
  // Most people want mail in the language that they read.
  const chosen = { language: [language], 'guardian.language': [language], ...values };
  const form: FormState = { t, values: chosen, problems };
  const { minimumAge, expiryDays = 0, paperDays = 0 } = event.minors ?? {};
  return formPage(of, {
    form,
    title,
    index: true,
    sharing,
    hasChallenge: challenge !== undefined,
    question: inDoubt && whichAddresses(form, inDoubt),
    labels: new Map(guardianLabels(t, ['name', 'email', 'language'])),
    body: html`<p class="lead">${t('young.intro')}</p>
${minimumAge !== undefined && html`<p>${t('young.age', { age: minimumAge })}</p>`}
<p>${t('young.notice')} <a href="${inLanguage(youngPeoplePath(event.id), language)}">${t('layout.young-people')}</a></p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${proofField(t, challenge)}<h2>${t('young.section.young')}</h2>
${[
  textInput(form, { path: 'name', label: t('young.name.label'), hint: t('young.name.hint') }),
  addressInput(form, { path: 'email', label: t('young.email.label'), hint: t('young.email.hint') }),
  event.safeguarding && html`<p>${t('young.email.none')}</p>`,
  guardianMailLanguage(form, event, 'language'),
]}<h2>${t('young.section.guardian')}</h2>
${guardianFields(form, event)}<p>${t('young.kept', { proof: PROOF_DAYS, days: expiryDays, paper: paperDays })}</p>
<button type="submit">${t('young.send')}</button>
</form>`,
  });
}

/** At `/m/{token}/complete`. */
interface CompletePage extends EventPage {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What is still to be asked of someone under 18 once their guardian has agreed. */
export function completePage(of: CompletePage): string {
  const { event: all, language, t, path, values, problems } = of;
  const event = offeredToMinors(askedAtFirst(all));
  const form: FormState = { t, values, problems };
  const title = t('complete.title');
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  return formPage(of, {
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
