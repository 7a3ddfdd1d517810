import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { dayLine, zoneLine } from '../kernel/when.ts';

/** When, where, how, for how much, by whom. */
export function facts(event: EventDefinition<string>, language: string, t: SiteTranslate): Html {
  const { venue, days, modes, host, supporters } = event;
  const zone = days[0] && zoneLine(event.timeZone, days[0].date, language, t);
  return html`<dl class="facts">
<dt>${t('event.when')}</dt><dd>${
    event.status === 'postponed'
      ? html`<p>${t('event.when.later')}</p>`
      : html`${days.map((day) => html`<p>${dayLine(day, language, t)}</p>`)}<p class="hint">${zone}</p>`
  }</dd>
<dt>${t('event.where')}</dt><dd>${
    event.status === 'moved-online'
      ? html`<p>${t('event.where.online')}</p>`
      : html`<p>${venue.name}</p><p class="hint">${venue.address}</p>`
  }</dd>
<dt>${t('event.how')}</dt><dd>${modes.map((mode) => html`<p>${mode.title}</p>`)}</dd>
<dt>${t('event.cost')}</dt><dd>${t('event.cost.free')}</dd>
<dt>${t('event.host')}</dt><dd>${host}</dd>
${
  supporters.length > 0 &&
  html`<dt>${t('event.supporters')}</dt><dd>${supporters.map(({ title }) => html`<p>${title}</p>`)}</dd>
`
}</dl>
`;
}
