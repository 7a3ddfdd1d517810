import { type Html, html } from '../../../../shared/kernel/html.ts';
import { instantLine } from '../../kernel/when.ts';
import type { ManageContext } from './context.ts';

/** To whoever came here although our mail does not reach them, by a link that was handed over or is older. */
export function unreachable({ event, registration, language, t }: ManageContext): Html | undefined {
  if (registration.unreachable === undefined) return undefined;
  const { lapsesAt } = registration.unreachable;
  const { name, email } = event.secretariat;
  return html`<div class="note"><h2>${t('self.unreachable.title')}</h2>
<p>${t('self.unreachable.text', { email: registration.email, name })}</p>
<p><a href="mailto:${email}">${email}</a></p>
${
  lapsesAt !== undefined &&
  html`<p>${t('self.unreachable.until', { when: instantLine(lapsesAt, event.timeZone, language, t) })}</p>
`
}</div>
`;
}
