import type { EventDefinition, Resource } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';

export function resources(event: EventDefinition<string>, t: SiteTranslate): Html | undefined {
  if (event.resources.length === 0) return undefined;
  return html`<h2>${t('event.resources')}</h2>
<ul>${event.resources.map((each) => html`<li><a href="${each.url}">${each.title}</a><p class="hint">${source(each, t)}</p></li>`)}</ul>
`;
}

const source = ({ publisher, year }: Resource<string>, t: SiteTranslate): string =>
  year === undefined ? publisher : t('event.resource.source', { publisher, year: String(year) });
