import type { EventDefinition } from '../../../shared/domain/event.ts';
import { retentionEnd } from '../../../shared/domain/event-times.ts';
import { SETTLED_DAYS } from '../../../shared/domain/message.ts';
import type { PurposeKept, Retention } from '../../../shared/domain/purposes.ts';
import { type Html, html } from '../../../shared/html.ts';
import { formatDay } from '../../../shared/i18n/formats.ts';
import type { NoticeTranslate } from '../../../shared/i18n/notices.ts';

/** What is kept for one purpose: what, why, who sees it, how long. */
export function purpose(
  { purpose, retentions }: PurposeKept,
  event: EventDefinition<string>,
  language: string,
  words: NoticeTranslate,
): Html {
  return html`<h3>${words(`privacy.${purpose}.title`)}</h3>
<dl class="facts">
<dt>${words('privacy.kept.what')}</dt><dd>${words(`privacy.${purpose}.what`)}${purpose === 'answers' && asked(event)}</dd>
<dt>${words('privacy.kept.why')}</dt><dd>${words(`privacy.${purpose}.why`)}</dd>
<dt>${words('privacy.kept.who')}</dt><dd>${words(`privacy.${purpose}.who`)}</dd>
<dt>${words('privacy.kept.until')}</dt><dd>${retentions.map((each) => html`<p>${until(each, event, language, words)}</p>`)}</dd>
</dl>
`;
}

const asked = ({ questions }: EventDefinition<string>): Html =>
  html`<ul>${questions.filter(({ care }) => !care).map(({ title }) => html`<li>${title}</li>`)}</ul>`;

const until = (
  retention: Retention,
  event: EventDefinition<string>,
  language: string,
  words: NoticeTranslate,
): string =>
  words(`privacy.until.${retention}`, {
    date: forgottenOn(event, language),
    days: retention === 'settled' ? SETTLED_DAYS : event.retention.registrationDays,
  });

/** The day on which everything about an event's attendees is forgotten. */
export const forgottenOn = (event: EventDefinition<string>, language: string): string =>
  formatDay(new Date(retentionEnd(event) * 1000), language, event.timeZone);
