import { type Html, html } from '../../../shared/html.ts';
import { inLanguage } from '../links.ts';
import { dayLine } from '../when.ts';
import type { ManageContext } from './context.ts';

/** Online attendees: a page with a button for each session, never the meeting's own address. */
export function joinLinks({ event, registration, language, t }: ManageContext): Html | undefined {
  if (registration.joinLinks === undefined || registration.joinLinks.length === 0) return undefined;
  const when = (sessionId: string): string | undefined => {
    const session = event.sessions.find(({ id }) => id === sessionId);
    const day = event.days.find(({ id }) => id === session?.day);
    if (session === undefined || day === undefined) return undefined;
    return dayLine({ ...session, date: day.date }, language, t);
  };
  return html`<h2>${t('manage.online')}</h2>
<p>${t('manage.online.hint')}</p>
<ul class="links">${registration.joinLinks.map(
    (link) =>
      html`<li><a href="${inLanguage(link.path, language)}">${link.title}</a><p class="hint">${when(link.session)}</p></li>`,
  )}</ul>
`;
}
