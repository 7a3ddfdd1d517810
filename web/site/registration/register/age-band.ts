import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { inLanguage, youngFormPath } from '../../kernel/links.ts';

/** Asked first: people under 18 have a form of their own, which asks for next to nothing until a guardian agrees. */
export function ageBand(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  return choices(form, {
    path: 'ageBand',
    type: 'radio',
    label: t('register.ageBand.label'),
    ...(event.minors && { hint: t('register.ageBand.hint') }),
    choices: [
      { value: 'adult', label: t('register.ageBand.adult') },
      { value: 'minor', label: t('register.ageBand.minor'), note: forMinors(form, event, language) },
    ],
  });
}

function forMinors({ t }: FormState, event: EventDefinition<string>, language: string): Html | string {
  if (event.minors === undefined) return t('problem.minors-later.detail');
  return html`${t('register.ageBand.minor.note')} <a href="${inLanguage(youngFormPath(event.id), language)}">${t('young.link')}</a>`;
}
