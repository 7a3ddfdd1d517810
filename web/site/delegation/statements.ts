import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { choices } from '../kernel/form/choices.ts';
import type { FormState } from '../kernel/form/form-state.ts';

/** What a coordinator states of those they answer for: that they are adults, and have agreed to what the event requires. */
export function statements(form: FormState, event: EventDefinition<string>, of: 'all' | 'one'): Html {
  const { t } = form;
  const [adults, agrees] =
    of === 'all'
      ? (['delegation.adults.agreement', 'delegation.state.agreement'] as const)
      : (['substitute.adult', 'substitute.agreement'] as const);
  return html`<h2>${t('register.section.consents')}</h2>
<p>${t('delegation.state.text')}</p>
${choices(form, {
  path: 'adults',
  type: 'checkbox',
  label: t('delegation.adults.label'),
  choices: [{ value: 'yes', label: t(adults) }],
})}${event.consents.map(
  ({ id, title, points, version, agreement }) =>
    html`${
      points.length > 0 &&
      html`<p><b>${title}</b></p>
<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
    }${choices(form, {
      path: `consents.${id}`,
      type: 'checkbox',
      label: title,
      choices: [{ value: version, label: t(agrees, { agreement }) }],
    })}`,
)}<p>${t('delegation.state.own')}</p>
`;
}
