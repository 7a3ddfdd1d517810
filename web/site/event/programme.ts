import type { EventDefinition, Session } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import { formatDate } from '../../../shared/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';
import { zoneLine } from '../when.ts';

/** The sessions of each day, in the event's time zone, which is named. */
export function programme(event: EventDefinition<string>, language: string, t: SiteTranslate): Html | undefined {
  const [first] = event.days;
  if (first === undefined || event.sessions.length === 0) return undefined;
  return html`<h2>${t('event.programme')}</h2>
<p class="hint">${t('event.programme.zone', { zone: zoneLine(event.timeZone, first.date, language, t) })}</p>
${event.days.map(
  (day) => html`<h3>${day.title}: ${formatDate(day.date, language)}</h3>
<ol class="programme">${sessionsOf(event, day.id).map((session) => oneSession(session, t))}</ol>
`,
)}`;
}

const sessionsOf = (event: EventDefinition<string>, day: string): Session<string>[] =>
  event.sessions.filter((session) => session.day === day).sort((a, b) => a.start.localeCompare(b.start));

function oneSession({ start, end, title, abstract, room }: Session<string>, t: SiteTranslate): Html {
  return html`<li><p class="time">${t('time.range', { start, end })}</p><div><h4>${title}</h4>${
    abstract && html`<p>${abstract}</p>`
  }${room && html`<p class="hint">${t('event.programme.room', { room })}</p>`}</div></li>
`;
}
