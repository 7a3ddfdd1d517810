import type { EventDefinition } from '../../../shared/event/event.ts';
import type { WindowState } from '../../../shared/event/registration-window.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { inLanguage, registerPath } from '../kernel/links.ts';
import { instantLine } from '../kernel/when.ts';

/** The way to register, or when there will be or was one. */
export function callToAction(
  event: EventDefinition<string>,
  language: string,
  t: SiteTranslate,
  state: WindowState,
): Html {
  const { opensAt, closesAt, closed = false } = event.registration;
  const when = (instant: string) => ({ when: instantLine(instant, event.timeZone, language, t) });
  if (state === 'not-open')
    return html`<p class="note">${closed ? t('event.register.not-open') : t('event.register.opens', when(opensAt))}</p>
`;
  if (state === 'closed')
    return html`<p class="note">${t('event.register.closed', when(closesAt))}</p>
`;
  return html`<p class="screen"><a class="button" href="${inLanguage(registerPath(event.id), language)}">${t('event.register')}</a></p>
<p class="hint">${t('event.register.only')} ${t('event.register.until', when(closesAt))}${event.minors === undefined && html` ${t('layout.adults-only')}`}</p>
`;
}
