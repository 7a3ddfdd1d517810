import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

/** To an adult who was asked to look after young people: how many, never whom. */
export function chaperoning({ registration, language, t }: ManageContext, path: string): Html | undefined {
  const asked = registration.chaperoning;
  if (asked === undefined) return undefined;
  const { minors } = asked;
  if (asked.state === 'accepted') {
    return html`<h2>${t('chaperone.accepted.title')}</h2>
<p>${t('chaperone.accepted.text', { minors })}</p>
<details class="screen">
<summary>${t('chaperone.stop.title')}</summary>
<p>${t('chaperone.stop.text')}</p>
${press(path, language, 'chaperone-decline', t('chaperone.stop.button'))}</details>
`;
  }
  return html`<h2>${t('chaperone.asked.title')}</h2>
<p>${t('chaperone.asked.text', { minors })}</p>
<p>${t('chaperone.asked.means')}</p>
<p>${t('chaperone.asked.vetting')}</p>
${press(path, language, 'chaperone-accept', t('chaperone.accept'))}${press(path, language, 'chaperone-decline', t('chaperone.decline'))}`;
}

/** To someone under 18 who comes in person: whether there is someone for them; no name, for anyone may see this page. */
export function ownChaperone({ event, registration, t }: ManageContext): Html | undefined {
  const { chaperone } = registration;
  return (
    chaperone &&
    html`<h2>${t('chaperone.yours.title')}</h2>
<p>${t(`chaperone.yours.${chaperone}`)}</p>
${event.safeguarding && html`<p>${t('chaperone.yours.ask', { name: event.safeguarding.name })}</p>`}
`
  );
}
