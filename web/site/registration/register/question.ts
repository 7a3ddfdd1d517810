import type { EventDefinition, Question } from '../../../../shared/event/event.ts';
import type { Html } from '../../../../shared/kernel/html.ts';
import { choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { textInput } from '../../kernel/form/text-input.ts';
import { countrySelect } from './country.ts';

/** One of the event's own questions, as the kind of field that its type asks for. */
export function question(
  form: FormState,
  asked: Question<string>,
  event: EventDefinition<string>,
  language: string,
): Html {
  const { t } = form;
  const hint = (otherwise?: string) => withReaders(form, asked, asked.hint ?? otherwise);
  const field = { path: `answers.${asked.id}`, label: asked.title, hint: hint(), optional: !asked.required };
  const options = (asked.options ?? []).map(({ id, title }) => ({ value: id, label: title }));
  switch (asked.type) {
    case 'text':
      return textInput(form, field);
    case 'organisation':
      return textInput(form, { ...field, autocomplete: 'organization' });
    case 'country':
      return countrySelect(form, field, event, language);
    case 'email':
      return textInput(form, { ...field, type: 'email' });
    case 'phone':
      return textInput(form, { ...field, type: 'tel', autocomplete: 'tel' });
    case 'long-text':
      return textInput(form, { ...field, long: true, hint: hint(upTo(form, asked.max)) });
    case 'number':
      return textInput(form, { ...field, inputmode: 'numeric' });
    case 'date':
      return textInput(form, { ...field, type: 'date' });
    case 'choice':
      return choices(form, { ...field, type: 'radio', choices: options });
    case 'multi-choice':
      return choices(form, {
        ...field,
        type: 'checkbox',
        choices: options,
        hint: hint(t('register.choose-all')),
      });
    case 'yes-no':
      return choices(form, {
        ...field,
        type: 'radio',
        choices: [
          { value: 'yes', label: t('register.yes') },
          { value: 'no', label: t('register.no') },
        ],
      });
  }
}

/** Of what should be arranged for someone, the hint says who reads it. */
function withReaders({ t }: FormState, { care }: Question<string>, hint: string | undefined): string | undefined {
  return care ? [hint, t('register.care')].filter(Boolean).join(' ') : hint;
}

const upTo = ({ t }: FormState, max: number | undefined): string | undefined =>
  max === undefined ? undefined : t('register.up-to', { max });
