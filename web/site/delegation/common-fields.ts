import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { mailLanguage } from '../amend/language.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { attendance } from '../register/attendance.ts';
import { category } from '../register/category.ts';
import { country } from '../register/country.ts';
import { questions } from '../register/questions.ts';
import { sessions } from '../register/sessions.ts';

/** What is asked once for everyone, by the very fields of the event's form. */
export function commonFields(form: FormState, event: EventDefinition<string>, language: string): Html {
  const organisation = {
    path: 'organisation',
    label: form.t('register.organisation.label'),
    autocomplete: 'organization',
  };
  return html`${textInput(form, organisation)}${country(form, event, language)}${category(form, event)}${attendance(form, event, language)}${sessions(form, event, language)}${questions(form, event, event.questions, language)}${mailLanguage(form, event)}`;
}
