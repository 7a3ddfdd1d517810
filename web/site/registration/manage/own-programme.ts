import { ownSessions } from '../../../../shared/event/sessions.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { eventPath, inLanguage } from '../../kernel/links.ts';
import { sessionList } from '../session-list.ts';
import type { ManageContext } from './context.ts';

/** The sessions that someone signed up for, and the closed ones that they may attend, which no other page shows. */
export function ownProgramme({ event, registration, language, t }: ManageContext): Html | undefined {
  const sessions = ownSessions(event, registration);
  if (sessions.length === 0) return undefined;
  return html`<h2>${t('manage.programme')}</h2>
${sessionList(event, sessions, language, t)}<p><a href="${inLanguage(eventPath(event.id), language)}">${t('manage.programme.all')}</a></p>
`;
}
