import type { Session } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import { inLanguage } from '../links.ts';
import { dayLine, zoneLine } from '../when.ts';
import type { ManageContext } from './context.ts';

/** Online attendees: a page with a button for each session, never the meeting's own address. */
export function joinLinks({ event, registration, language, t }: ManageContext): Html | undefined {
  const { joinLinks = [] } = registration;
  const [first] = event.days;
  if (joinLinks.length === 0 || first === undefined) return undefined;
  const zone = zoneLine(event.timeZone, first.date, language, t);
  const when = ({ day: id, ...times }: Session<string>): string | undefined => {
    const day = event.days.find((each) => each.id === id);
    return day && dayLine({ ...times, date: day.date }, language, t);
  };
  return html`<h2>${t('manage.online')}</h2>
<p>${t('manage.online.hint')} ${t('event.programme.zone', { zone })}</p>
<ul>${joinLinks.map(({ session: id, title, path }) => {
    const session = event.sessions.find((each) => each.id === id);
    return html`<li><a href="${inLanguage(path, language)}">${title}</a><p class="hint">${session && when(session)}</p></li>`;
  })}</ul>
`;
}
