import { type Html, html } from '../../../shared/kernel/html.ts';
import type { AgreedConsent } from '../../../shared/registration/self-service.schema.ts';
import type { EventContext } from '../kernel/layout.ts';
import { instantLine } from '../kernel/text.ts';

/** The words of a consent as they were when it was given, folded: today's may be others (PW2). */
export function agreedTo({ event, language, t }: EventContext, { words, at, hash, counts }: AgreedConsent): Html {
  const when =
    at && html`<p class="hint">${t('agreed.when', { when: instantLine(at, event.timeZone, language, t) })}</p>`;
  if (words === undefined)
    return html`${!counts && html`<p>${t('agreed.no-more')}</p>`}<p>${t('agreed.not-kept')}</p>${when}`;
  return html`${!counts && html`<p>${t('agreed.no-more')}</p>`}<details><summary>${t('agreed.words')}</summary>
${words.points.length > 0 && html`<ul>${words.points.map((point) => html`<li>${point}</li>`)}</ul>`}<p>${words.agreement}</p>
${when}${hash && html`<p class="hint">${t('agreed.hash')} <span class="code">${hash}</span></p>`}</details>`;
}
