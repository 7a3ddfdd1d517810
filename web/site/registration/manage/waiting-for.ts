import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';

/** What there is no seat in for someone who waits, and that they need not wait where it is for sessions alone. */
export function waitingFor({ registration, t }: ManageContext): Html | undefined {
  const { quotas, forSessionsAlone } = registration.waitingFor ?? { quotas: [], forSessionsAlone: false };
  if (quotas.length === 0) return undefined;
  return html`<p>${t('manage.waiting-for')}</p>
<ul>${quotas.map((title) => html`<li>${title}</li>`)}</ul>
${forSessionsAlone && html`<p class="note">${t('manage.waiting-for.sessions')}</p>`}`;
}
