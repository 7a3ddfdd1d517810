import type { EventDefinition } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';

/** The stakeholder groups, as the form will offer them. */
export const whoCanRegister = ({ categories }: EventDefinition<string>, t: SiteTranslate): Html =>
  html`<h2>${t('event.who')}</h2>
<ul>${categories.map(({ title, hint }) => html`<li>${title}${hint && html`<p class="hint">${hint}</p>`}</li>`)}</ul>
`;
