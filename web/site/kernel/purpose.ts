import type { EventDefinition } from '../../../shared/event/event.ts';
import { careDays, careEnd, retentionEnd } from '../../../shared/event/event-times.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay } from '../../../shared/kernel/i18n/formats.ts';
import type { NoticeTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Purpose, PurposeKept, Retention } from '../../../shared/kernel/purposes.ts';
import { SETTLED_DAYS } from '../../../shared/mail/outbox/message.ts';

/** What is kept for one purpose: what, why, who sees it, how long. */
export function purpose(
  { purpose, retentions }: PurposeKept,
  event: EventDefinition<string>,
  language: string,
  words: NoticeTranslate,
): Html {
  return html`<h3>${words(`privacy.${purpose}.title`)}</h3>
<dl class="facts">
<dt>${words('privacy.kept.what')}</dt><dd>${words(`privacy.${purpose}.what`)}${asked(purpose, event)}</dd>
<dt>${words('privacy.kept.why')}</dt><dd>${words(`privacy.${purpose}.why`)}</dd>
<dt>${words('privacy.kept.who')}</dt><dd>${words(`privacy.${purpose}.who`)}</dd>
<dt>${words('privacy.kept.until')}</dt><dd>${retentions.map((each) => html`<p>${until(each, event, language, words)}</p>`)}</dd>
</dl>
`;
}

/** The event's own questions whose answers are kept for a purpose. */
function asked(purpose: Purpose, { questions }: EventDefinition<string>): Html | undefined {
  if (purpose !== 'answers' && purpose !== 'care') return undefined;
  const titles = questions.filter(({ care = false }) => care === (purpose === 'care')).map(({ title }) => title);
  return titles.length === 0 ? undefined : html`<ul>${titles.map((title) => html`<li>${title}</li>`)}</ul>`;
}

const until = (
  retention: Retention,
  event: EventDefinition<string>,
  language: string,
  words: NoticeTranslate,
): string => {
  const isCare = retention === 'care';
  return words(`privacy.until.${retention}`, {
    date: dayOf(isCare ? careEnd(event) : retentionEnd(event), event, language),
    days: retention === 'settled' ? SETTLED_DAYS : isCare ? careDays(event) : event.retention.registrationDays,
  });
};

/** The day on which everything about an event's attendees is forgotten. */
export const forgottenOn = (event: EventDefinition<string>, language: string): string =>
  dayOf(retentionEnd(event), event, language);

/** @param seconds since the epoch */
const dayOf = (seconds: number, { timeZone }: EventDefinition<string>, language: string): string =>
  formatDay(new Date(seconds * 1000), language, timeZone);
