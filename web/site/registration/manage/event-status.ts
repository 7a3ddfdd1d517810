import { statusOf } from '../../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';

/** What became of the event, and what that means for whoever is registered. */
export function eventStatus({ event, t }: ManageContext): Html | undefined {
  const status = statusOf(event);
  if (status === 'scheduled') return undefined;
  if (status === 'moved-online')
    return html`<p class="note"><b>${t('manage.event.moved-online')}</b></p>
`;
  return html`<h1>${t(`manage.event.${status}`)}</h1>
<p class="lead">${t(`manage.event.${status}.next`, { event: event.title })}</p>
`;
}
