import type { EventDefinition } from '../../../shared/event/event.ts';
import { statusOf } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';

/** What became of an event, before anything else is read of it. */
export function statusNote(event: EventDefinition<string>, t: SiteTranslate): Html | undefined {
  const status = statusOf(event);
  if (status === 'scheduled') return undefined;
  return html`<p class="note"><b>${t(`event.status.${status}`)}</b></p>
`;
}
