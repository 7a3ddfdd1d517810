import type { EventDay, EventDefinition, Session } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDate } from '../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { compareCodes } from '../../../shared/kernel/text/text.ts';
import { instantOf, localWithOffset } from '../../../shared/kernel/text/zoned-time.ts';
import { rich, zoneLine } from '../kernel/text.ts';

/** Sessions by day, in the event's time zone, which is named; the script puts the reader's own time beside it. */
export function sessionList(
  event: EventDefinition<string>,
  sessions: readonly Session<string>[],
  language: string,
  t: SiteTranslate,
): Html {
  const days = event.days.filter(({ id }) => sessions.some(({ day }) => day === id));
  const zone = zoneLine(event.timeZone, days, language, t);
  return html`<div data-own-time="${t('time.own')}" data-day-before="${t('time.day-before')}" data-day-after="${t('time.day-after')}">
<p class="hint">${days.length > 0 && t('event.programme.zone', { zone })}</p>
${days.map((day) => {
  const ofDay = sessions.filter((session) => session.day === day.id).sort((a, b) => compareCodes(a.start, b.start));
  return html`<h3>${day.title}: ${formatDate(day.date, language)}</h3>
<ol class="programme">${ofDay.map((session) => oneSession(session, day, event.timeZone, t))}</ol>
`;
})}</div>
`;
}

function oneSession(session: Session<string>, { date }: EventDay<string>, timeZone: string, t: SiteTranslate): Html {
  const { title, abstract, room } = session;
  const time = (local: string): Html =>
    html`<time datetime="${localWithOffset(instantOf(date, local, timeZone), timeZone)}">${local}</time>`;
  return html`<li><div class="time"><p>${rich(t, 'time.range', { start: time(session.start), end: time(session.end) })}</p></div><div><h4>${title}</h4>${
    abstract && html`<p>${abstract}</p>`
  }${room && html`<p class="hint">${t('event.programme.room', { room })}</p>`}</div></li>
`;
}
