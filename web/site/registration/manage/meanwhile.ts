import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

/** To whoever waits for the room: online until there is a seat, without losing their place. */
export function meanwhile({ event, registration, language, t }: ManageContext, path: string): Html | undefined {
  const { status, mode, meanwhile } = registration;
  const offersOnline = event.modes.some(({ id }) => id === 'online');
  if (status !== 'waitlisted' || mode !== 'in-person' || !offersOnline) return undefined;
  if (meanwhile !== undefined) {
    return html`<h2>${t('self.meanwhile.title')}</h2>
<p>${t('manage.meanwhile')}</p>
${press(path, language, 'give-back-online', t('self.give-back.button'))}`;
  }
  return html`<h2>${t('self.meanwhile.title')}</h2>
<p>${t('self.meanwhile.text')}</p>
${press(path, language, 'meanwhile-online', t('self.meanwhile.button'))}`;
}
