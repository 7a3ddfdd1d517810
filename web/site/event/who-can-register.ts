import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';

export const whoCanRegister = (event: EventDefinition<string>, t: SiteTranslate): Html =>
  html`<h2>${t('event.who')}</h2>
${groups(event, t)}`;

/** The stakeholder groups, as the form will offer them. */
export const groups = ({ categories }: EventDefinition<string>, t: SiteTranslate): Html =>
  html`<p>${t('event.who.groups')}</p>
<ul>${categories.map(({ title, hint }) => html`<li>${title}${hint && html`<p class="hint">${hint}</p>`}</li>`)}</ul>
`;
