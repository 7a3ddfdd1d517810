import type { EventDefinition } from '../../../shared/event/event.ts';
import { openSessions } from '../../../shared/event/sessions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { sessionList } from '../registration/session-list.ts';

/** What anyone may know of the programme. */
export function programme(event: EventDefinition<string>, language: string, t: SiteTranslate): Html | undefined {
  const sessions = openSessions(event);
  if (sessions.length === 0) return undefined;
  return html`<h2>${t('event.programme')}</h2>
${sessionList(event, sessions, language, t)}`;
}
