import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { mailLanguage } from '../registration/language.ts';
import { attendance } from '../registration/register/attendance.ts';
import { category } from '../registration/register/category.ts';
import { country } from '../registration/register/country.ts';
import { questions } from '../registration/register/questions.ts';
import { sessions } from '../registration/register/sessions.ts';

/** What is asked once for everyone, by the very fields of the event's form. */
export function commonFields(form: FormState, event: EventDefinition<string>, language: string): Html {
  const organisation = {
    path: 'organisation',
    label: form.t('register.organisation.label'),
    autocomplete: 'organization',
  };
  return html`${textInput(form, organisation)}${country(form, event, language)}${category(form, event)}${attendance(form, event, language)}${sessions(form, event, language)}${questions(form, event, event.questions, language)}${mailLanguage(form, event)}`;
}
