import type { Html } from '../../../shared/html.ts';
import { choices } from '../form/choices.ts';
import type { FormState } from '../form/form-state.ts';

/** Asked first: nothing is kept of anyone under 18 until a guardian agrees. */
export function ageBand(form: FormState): Html {
  const { t } = form;
  return choices(form, {
    path: 'ageBand',
    type: 'radio',
    label: t('register.ageBand.label'),
    hint: t('register.ageBand.hint'),
    choices: [
      { value: 'adult', label: t('register.ageBand.adult') },
      { value: 'minor', label: t('register.ageBand.minor'), note: t('register.ageBand.minor.note') },
    ],
  });
}
